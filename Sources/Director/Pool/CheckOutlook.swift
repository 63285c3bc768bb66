import Configuration
import Dialogues
import HealthChecks

/// What was believed of one of a server's checks, and of the server, before a result of it counted.
struct CheckOutlook {
    private let belief: ServerHealth.Belief
    private let verdict: Bool?
    private let check: Int

    /// Keeps what is believed now.
    init(_ server: PooledServer, check: Int) {
        self.check = check
        belief = server.checks[check].health.belief
        verdict = server.verdict
    }

    /// What a result has made news of; nil for nothing.
    ///
    /// - Parameter server: the server, for which it counted.
    func news(_ result: CheckResult, _ server: PooledServer) -> CheckEvent? {
        guard !result.isUnasked else { return nil }
        let (present, configured) = (server.checks[check].health, server.checks[check].check)
        let outcome: CheckEvent.Outcome
        switch (result.verdict, present.belief) {
        case (.up, .up) where belief != .up: outcome = .passed
        case (.down, .down) where belief != .down: outcome = .failed(failures: present.failures)
        case (.down, .up) where configured.tellsEachFailure: outcome = .failing
        case (.down, .adopted) where configured.tellsEachFailure: outcome = .failing
        default: return nil
        }
        return CheckEvent(
            outcome,
            result,
            isFirst: !belief.isKnown,
            isServerUp: server.verdict ?? false,
            turnsServer: server.verdict != verdict
        )
    }
}
