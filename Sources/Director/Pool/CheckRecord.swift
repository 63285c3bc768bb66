import Configuration
import Dialogues
import HealthChecks
import Time

/// One check of a server, with the results that it gave.
struct CheckRecord: Sendable {
    /// How it is configured.
    let check: ServerCheck
    /// The results, counted.
    private(set) var health = ServerHealth()
    /// The latest result; nil before the first one.
    private(set) var lastResult: CheckResult?
    /// Why it fails, as it was told; nil while it does not.
    private var downReason: DownReason?
    /// Whether it was told that the server cannot be asked.
    private var isToldUnasked = false

    /// Makes a record without results; a check that is never made has failed from the beginning.
    init(_ check: ServerCheck) {
        self.check = check
        guard !asks else { return }
        lastResult = CheckResult(.down, .administrative)
        health = ServerHealth(.down)
    }

    /// Whether the server is asked; else it fails once and for all.
    var asks: Bool { check.probe.asks }

    /// The check, as it is made for all that hold it.
    var scheduled: ScheduledCheck { ScheduledCheck(check.probe, pace: check.pace) }

    /// What a result is for whoever follows this check alone.
    enum News {
        /// The server could not be asked, which is told once.
        case unasked
        /// It failed again, for another reason than the one told last.
        case otherReason
        /// What the count of results made of it.
        case counted(ServerHealth.Transition)
    }

    /// Counts a result.
    ///
    /// - Returns: what is new about it; nil for nothing.
    mutating func count(_ result: CheckResult, at now: MonotonicTime) -> News? {
        lastResult = result
        if result.isUnasked {
            defer { isToldUnasked = true }
            return isToldUnasked ? nil : .unasked
        }
        isToldUnasked = false
        let transition = health.count(result.verdict, failureCount: check.failureCount, riseCount: check.riseCount)
        switch transition {
        case .down: downReason = DownReason(result.layer, at: now)
        case .up: downReason = nil
        case .softFailure, .recovered: break
        case nil:
            guard health.belief == .down, result.verdict == .down else { return nil }
            return downReason?.isNews(result.layer, at: now) ?? false ? .otherReason : nil
        }
        return transition.map { .counted($0) }
    }

    /// Takes the check for passed, whatever it is.
    mutating func assumePassed() { health = ServerHealth(.up) }

    /// Keeps a server in service that was found there and that this check knows nothing of.
    mutating func adopt() {
        if health.belief == .unknown { health = ServerHealth(.adopted) }
    }

    /// Gives up what was only assumed: a server that was found in service is there no more.
    mutating func abandon() {
        if health.belief == .adopted { health = ServerHealth() }
    }

    /// Forgets its results at the beginning and at the end of maintenance; the first success after it is enough.
    ///
    /// The number of a file stands: it is told again only when it is another one.
    mutating func forget() {
        guard asks, check.probe.isProbed else { return }
        lastResult = nil
        health = ServerHealth()
    }

    /// Takes over what a former record of the server learned.
    ///
    /// A verdict that nobody asked for is none once somebody is asked.
    mutating func takeOver(_ former: CheckRecord) {
        guard asks, former.asks else { return }
        health = former.health
        lastResult = former.lastResult
        downReason = former.downReason
        isToldUnasked = former.isToldUnasked
    }
}
