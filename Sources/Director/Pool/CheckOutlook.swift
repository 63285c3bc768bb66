import Configuration
import Dialogues
import HealthChecks

/// What was believed of one of a server's checks, and of the server, before a result of it counted; kept for those who follow
/// whether the server is up.
struct CheckOutlook {
    private let belief: ServerHealth.Belief
    private let verdict: Bool?
    private let weight: Int32
    private let check: Int

    /// Keeps what is believed now.
    init(_ server: borrowing PooledServer, check: Int) {
        self.check = check
        belief = server.checks[check].health.belief
        verdict = server.verdict
        weight = server.weightWhileUp
    }

    /// What a result has made news of, first of the server's weight.
    ///
    /// - Parameter server: the server, for which it counted.
    func news(_ result: CheckResult, _ server: PooledServer) -> [ServerEvent] {
        var news: [ServerEvent] = []
        let present = server.weightWhileUp
        if weight != present {
            let isUp = verdict ?? !server.real.tellsFirstSuccess
            news.append(.weighted(from: weight, to: present, isUp: isUp))
        }
        if let event = checkEvent(result, server) { news.append(.check(event)) }
        return news
    }

    private func checkEvent(_ result: CheckResult, _ server: PooledServer) -> CheckEvent? {
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
