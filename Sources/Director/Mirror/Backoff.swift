import HealthChecks
import Time

/// When something that failed is tried again: after pauses that double, up to a limit, until it succeeds.
struct Backoff: Sendable {
    /// The pause after the first failure.
    static let firstPause = Duration.seconds(1)
    /// The longest pause.
    static let longestPause = Duration.seconds(30)

    /// The pause that was chosen last; nil after a success.
    private(set) var pause: Duration?
    /// When it is tried again; nil where nothing waits.
    private(set) var moment: MonotonicTime?

    /// Chooses the next attempt after a failure.
    mutating func postpone(at now: MonotonicTime) {
        let next = pause.map { min($0 * 2, Self.longestPause) } ?? Self.firstPause
        pause = next
        moment = now + next
    }

    /// Begins the next attempt, if its time has come.
    ///
    /// - Returns: whether it has.
    mutating func isDue(at now: MonotonicTime) -> Bool {
        guard let moment, moment <= now else { return false }
        self.moment = nil
        return true
    }

    /// Forgets failures after a success; what is due stays so.
    mutating func succeed() { pause = nil }

    /// The same patience for another configuration, which is tried at once.
    var forAnotherConfiguration: Backoff {
        var backoff = Backoff()
        backoff.pause = pause
        return backoff
    }
}
