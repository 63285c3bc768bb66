import Dialogues
import HealthChecks
import Testing

/// What follows for a server from what is believed of each of its checks.
struct BeliefCombinationTests {
    @Test(
        arguments: [
            ([], .up), ([.up], .up), ([.unknown], .unknown), ([.adopted], .adopted), ([.down], .down),
            ([.up, .up, .up], .up), ([.up, .adopted], .adopted), ([.adopted, .unknown, .up], .unknown),
            ([.unknown, .down], .down), ([.adopted, .up, .down, .unknown], .down),
        ] as [([ServerHealth.Belief], ServerHealth.Belief)]
    )
    func ofSeveralChecks(beliefs: [ServerHealth.Belief], belief: ServerHealth.Belief) {
        #expect(ServerHealth.Belief.combined(beliefs) == belief)
        #expect(ServerHealth.Belief.combined(beliefs.reversed()) == belief)
    }

    @Test func oneThatFailsMayNotBeDownYet() {
        var health = ServerHealth(.up)
        #expect(!health.isFailing)
        _ = health.count(.down, failureCount: 2, riseCount: 1)
        #expect(health.isFailing)
        _ = health.count(.down, failureCount: 2, riseCount: 1)
        #expect(!health.isFailing)
        _ = health.count(.up, failureCount: 2, riseCount: 1)
        #expect(!health.isFailing)
    }
}
