import Configuration
import HealthChecks
import IPVS
import Time

/// Decides what is made of something that somebody else changed in a service.
struct Reconciler: Sendable {
    /// What somebody else made of a subject.
    enum Version: Hashable, Sendable {
        case service(VirtualService)
        case destination(Destination)
    }

    /// What the configuration wants done.
    let reconciliation: Reconciliation
    /// What others made of a subject and the director has put right once.
    private var repaired: [MirrorSubject: Version] = [:]
    /// What others removed and the director puts back, as often as it did.
    private var restorations = Restorations<MirrorSubject>()
    /// Whether a repair is to be looked at once it is done: what comes back at once is the kernel's own way.
    private(set) var isRepairing = false

    /// Whether something was put back that is remembered, or waits for it.
    var hasRestorations: Bool { !restorations.isEmpty }

    /// Makes one that has seen nothing.
    init(_ reconciliation: Reconciliation) {
        self.reconciliation = reconciliation
    }

    /// The same for another configuration: what keeps being removed is still put back rarely.
    func reconfigured(_ reconciliation: Reconciliation) -> Reconciler {
        var new = Reconciler(reconciliation)
        new.repaired = repaired
        if reconciliation == .restore { new.restorations = restorations }
        return new
    }

    /// Begins to compare another reading.
    mutating func begin() { isRepairing = false }

    /// Forgets repairs of what is right now, and may be repaired again.
    mutating func forgetRepairs(where isRight: (MirrorSubject) -> Bool) {
        guard !repaired.isEmpty else { return }
        repaired = repaired.filter { !isRight($0.key) }
    }

    /// Forgets all repairs.
    mutating func forgetRepairs() { repaired = [:] }

    /// What is made of a subject that is not as the director made it.
    ///
    /// - Parameters:
    ///   - present: what is there; nil for nothing.
    ///   - isMissed: whether it is gone although it shall serve.
    /// - Returns: nil where nothing is to be said or done.
    mutating func response(
        to subject: MirrorSubject,
        present: Version?,
        isMissed: Bool,
        at now: MonotonicTime
    ) -> DriftResponse? {
        switch reconciliation {
        case .off: return nil
        case .warn: return .left
        case .restore:
            // What was removed is made again at once as a rule, and later what is removed again and again.
            return isMissed ? restorations.pause(for: subject, at: now).map { .putBackLater($0) } ?? .putBack : .left
        case .repair:
            if let present, repaired[subject] == present { return nil }
            repaired[subject] = present
            isRepairing = true
            return .repaired
        }
    }

    /// The subjects that were held and may be put back now.
    mutating func putBackHeld(at now: MonotonicTime) -> [MirrorSubject] { restorations.resumeDue(at: now) }
}
