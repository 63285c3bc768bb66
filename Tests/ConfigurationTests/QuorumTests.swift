import Configuration
import TestKit
import Testing

/// When a pool is up, by the weight that serves.
struct QuorumTests {
    /// A line of `Fixtures/quorum/keepalived.txt`.
    struct History: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let quorum: Quorum
        let total: Int64
        let steps: [(serving: Int64, isUp: Bool)]

        init?(_ line: Substring) {
            let words = line.split(separator: " ")
            guard words.count > 4, let weight = UInt32(words[1]), let hysteresis = UInt32(words[2]),
                let total = Int64(words[3])
            else { return nil }
            testDescription = String(words[0])
            var quorum = Quorum()
            (quorum.weight, quorum.hysteresis) = (weight, hysteresis)
            (self.quorum, self.total) = (quorum, total)
            steps = words[4...].compactMap { word in
                let parts = word.split(separator: ":")
                return Int64(parts[0]).map { ($0, parts[1] == "up") }
            }
        }

        static func all() throws -> [History] {
            try SourceTree.text(of: "Fixtures/quorum/keepalived.txt").split(separator: "\n")
                .filter { !$0.hasPrefix("#") }.compactMap { History($0) }
        }
    }

    @Test func historiesAsTheyWereRecorded() throws {
        let histories = try History.all()
        #expect(histories.count == 8)
        for history in histories {
            var isUp = true
            for (place, step) in history.steps.enumerated() {
                isUp = history.quorum.isUp(was: isUp, serving: step.serving, total: history.total)
                #expect(isUp == step.isUp, "\(history.testDescription), step \(place)")
            }
        }
    }

    /// The rule of a pool that says nothing: it is up while anybody serves.
    @Test(arguments: [false, true], [0, 1, 5] as [Int64])
    func anybodyIsEnough(wasUp: Bool, serving: Int64) {
        #expect(Quorum().isUp(was: wasUp, serving: serving, total: 5) == (serving > 0))
    }

    @Test func valuesWithoutMeasureDoNoHarm() {
        var quorum = Quorum()
        (quorum.weight, quorum.hysteresis) = (.max, .max)
        #expect(quorum.threshold(whileUp: true, total: 3) == 1)
        #expect(quorum.threshold(whileUp: false, total: 3) == 3)
        #expect(quorum.threshold(whileUp: false, total: .max) == 2 * Int64(UInt32.max))
        quorum.weight = 0
        #expect(!quorum.isUp(was: true, serving: 0, total: 0))
    }
}
