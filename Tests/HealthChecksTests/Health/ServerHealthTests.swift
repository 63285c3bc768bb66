import Dialogues
import HealthChecks
import Testing

struct ServerHealthTests {
    private typealias Step = (CheckResult.Verdict, ServerHealth.Transition?)

    private func run(_ belief: ServerHealth.Belief, _ failureCount: Int, _ riseCount: Int, _ steps: [Step]) {
        var health = ServerHealth(belief)
        for (index, step) in steps.enumerated() {
            let transition = health.count(step.0, failureCount: failureCount, riseCount: riseCount)
            #expect(transition == step.1, "step \(index)")
        }
    }

    @Test func oneResultIsEnoughWhereNothingIsKnown() {
        run(.unknown, 3, 3, [(.up, .up(after: 0))])
        run(.unknown, 3, 3, [(.down, .down), (.down, nil)])
    }

    @Test func whoIsUpFailsSoManyTimesInARow() {
        run(
            .up,
            3,
            1,
            [
                (.down, .softFailure(count: 1)), (.down, .softFailure(count: 2)), (.up, .recovered(after: 2)),
                (.up, nil),
                (.down, .softFailure(count: 1)), (.down, .softFailure(count: 2)), (.down, .down), (.down, nil),
                (.up, .up(after: 4)),
            ]
        )
    }

    @Test func whoIsDownSucceedsSoManyTimesInARow() {
        run(
            .down,
            1,
            3,
            [
                (.up, nil), (.up, nil), (.down, nil), (.up, .recovered(after: 1)), (.up, nil), (.up, .up(after: 0)),
                (.down, .down),
            ]
        )
    }

    @Test func whoWasFoundInServiceStaysUntilItHasFailed() {
        run(.adopted, 2, 5, [(.down, .softFailure(count: 1)), (.down, .down)])
        run(.adopted, 2, 5, [(.down, .softFailure(count: 1)), (.up, .up(after: 1)), (.up, nil)])
        #expect(ServerHealth(.adopted).belief.isInService)
        #expect(!ServerHealth(.adopted).belief.isKnown)
    }

    @Test func theOperatorIsBelievedAtOnce() {
        var health = ServerHealth(.up)
        _ = health.count(.down, failureCount: 3, riseCount: 1)
        let outcomes = [health.force(.down), health.force(.down)]
        #expect(outcomes == [true, false])
        #expect(health.failures == 0)
    }
}
