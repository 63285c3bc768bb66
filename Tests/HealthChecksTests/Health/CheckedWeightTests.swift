import Configuration
import Dialogues
import HealthChecks
import Testing

/// What results make of the weight of a server.
struct CheckedWeightTests {
    private static func result(_ status: Int, _ verdict: CheckResult.Verdict = .up) -> CheckResult {
        CheckResult(verdict, .program(status == 0 ? .passed : .exit(status)))
    }

    @Test(
        arguments: [
            (0, 7), (2, 0), (3, 1), (12, 10), (255, 253), (1, 0),
        ] as [(Int, Int32)]
    )
    func anExitStatusIsTheWeight(status: Int, weight: Int32) {
        var account = CheckedWeight()
        account.take(Self.result(status), of: 0, by: .exitStatus(minus: 2))
        #expect(account.weight(configured: 7) == weight)
    }

    @Test func theLastStatusThatPassedCounts() {
        var account = CheckedWeight()
        account.take(Self.result(12), of: 0, by: .exitStatus(minus: 2))
        account.take(Self.result(1, .down), of: 0, by: .exitStatus(minus: 2))
        #expect(account.weight(configured: 7) == 10)
        account.take(Self.result(22), of: 1, by: .exitStatus(minus: 2))
        #expect(account.weight(configured: 7) == 20)
        account.take(Self.result(0), of: 0, by: .exitStatus(minus: 2))
        #expect(account.weight(configured: 7) == 7)
    }

    @Test func sharesAreAddedToTheConfiguredWeight() {
        var account = CheckedWeight()
        account.take(Self.result(5), of: 0, by: .share(perUnit: 3))
        account.take(Self.result(4), of: 1, by: .share(perUnit: -2))
        #expect(account.weight(configured: 10) == 17)
        account.take(Self.result(0), of: 0, by: .share(perUnit: 3))
        #expect(account.weight(configured: 10) == 2)
    }

    @Test func aWeightStaysWithinWhatTheKernelTakes() {
        var account = CheckedWeight()
        account.take(Self.result(255), of: 0, by: .share(perUnit: .min))
        #expect(account.weight(configured: .max) == 0)
        account.take(Self.result(255), of: 0, by: .share(perUnit: .max))
        #expect(account.weight(configured: .max) == .max)
        account.take(Self.result(255), of: 1, by: .share(perUnit: .min))
        #expect(account.weight(configured: 300) == 45)
        account.take(Self.result(3), of: 2, by: .exitStatus(minus: .min))
        #expect(account.weight(configured: 1) == .max)
    }

    @Test func whatTellsNoStatusChangesNothing() {
        var account = CheckedWeight()
        account.take(CheckResult(.up, .transport(.passed)), of: 0, by: .exitStatus(minus: 2))
        account.take(Self.result(12), of: 0, by: .none)
        account.take(Self.result(-1), of: 0, by: .exitStatus(minus: 2))
        account.take(Self.result(1 << 40), of: 0, by: .share(perUnit: .max))
        #expect(account.weight(configured: 9) == 9)
    }
}
