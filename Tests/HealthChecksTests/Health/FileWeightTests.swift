import Configuration
import Dialogues
import HealthChecks
import Testing

/// What the numbers of files make of servers: the values of a recording of keepalived 2.2.7 with two files and two servers.
struct FileWeightTests {
    private static func result(_ number: Int32) -> CheckResult { CheckResult(.up, .file(number)) }

    static let shares: [(number: Int32, first: Int32?, second: Int32?)] = [
        (0, 10, 5), (3, 16, 2), (-4, 2, 9), (-2_147_483_648, nil, .max), (7, 24, 0), (2_147_483_647, .max, 0),
    ]

    @Test(arguments: shares)
    func numbersAreAddedToTheWeight(number: Int32, first: Int32?, second: Int32?) {
        for (configured, perUnit, expected) in [(10, 2, first), (5, -1, second)] as [(Int32, Int32, Int32?)] {
            let rule = WeightRule.share(perUnit: perUnit)
            let judged = rule.judged(Self.result(number))
            #expect((judged.verdict == .up) == (expected != nil))
            var account = CheckedWeight()
            account.take(judged, of: 0, by: rule)
            if let expected { #expect(account.weight(configured: configured) == expected) }
        }
    }

    @Test
    func sharesOfSeveralFilesAreAdded() {
        var account = CheckedWeight()
        account.take(Self.result(3), of: 0, by: .share(perUnit: 2))
        account.take(Self.result(4), of: 1, by: .share(perUnit: -1))
        account.take(Self.result(9), of: 2, by: .gate(opensAtZero: true))
        #expect(account.weight(configured: 10) == 12)
    }

    /// Each of them is near half of what 64 bits hold.
    @Test
    func sharesThatAreTogetherTooLargeAreHeldToTheRangeOfWeights() {
        var account = CheckedWeight()
        for check in 0..<5 { account.take(Self.result(.max), of: check, by: .share(perUnit: .max)) }
        #expect(account.weight(configured: .max) == .max)
        #expect(account.share(of: 4) == Int64(Int32.max) * Int64(Int32.max))
        for check in 0..<3 { account.take(Self.result(0), of: check, by: .share(perUnit: .max)) }
        #expect(account.weight(configured: 7) == .max)
        for check in 3..<5 { account.take(Self.result(0), of: check, by: .share(perUnit: .max)) }
        #expect(account.weight(configured: 7) == 7)
    }

    @Test(
        arguments: [
            (true, 0, true), (true, 1, false), (true, -1, false), (false, 0, false), (false, 5, true),
        ] as [(Bool, Int32, Bool)]
    )
    func aGateOpensAtZeroOrElse(opensAtZero: Bool, number: Int32, isUp: Bool) {
        let result = WeightRule.gate(opensAtZero: opensAtZero).judged(Self.result(number))
        #expect((result.verdict == .up) == isUp)
        #expect(result.layer == .file(number))
    }

    @Test
    func otherResultsAreAsTheyAre() {
        for result in [
            CheckResult(.up, .program(.exit(9))), CheckResult(.down, .file(1)), CheckResult(.up, .transport(.passed)),
        ] {
            #expect(WeightRule.gate(opensAtZero: true).judged(result) == result)
        }
        #expect(WeightRule.none.judged(Self.result(.min)) == Self.result(.min))
        #expect(WeightRule.exitStatus(minus: 2).judged(Self.result(1)) == Self.result(1))
        #expect(WeightRule.share(perUnit: 2).judged(Self.result(.min)).verdict == .down)
        #expect(WeightRule.share(perUnit: -2).judged(Self.result(.min)).verdict == .up)
        #expect(WeightRule.share(perUnit: -2).judged(Self.result(1_073_741_823)).verdict == .up)
        #expect(WeightRule.share(perUnit: -2).judged(Self.result(1_073_741_824)).verdict == .down)
    }
}
