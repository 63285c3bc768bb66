import TestKit
import Testing

/// Debian's keepalived and ours with the same configurations, each in a namespace of its own.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct KeepalivedScenarioTests {
    /// How many scenarios are played at once; a director mostly waits.
    private static let groupSize = 4

    private static let groups = stride(from: 0, to: KeepalivedScenario.all.count, by: groupSize).map {
        Array(KeepalivedScenario.all[$0..<min($0 + groupSize, KeepalivedScenario.all.count)])
    }

    @Test(arguments: groups.indices)
    func bothEndWithTheSameTableAndTheSameLines(group: Int) throws {
        let plays = try Self.groups[group].flatMap { scenario in
            try [KeepalivedStage.Director.original, .ours].map { director in
                (scenario.name, director, try BackgroundWork { try KeepalivedStage.play(scenario, director) })
            }
        }
        for (name, director, work) in plays {
            do {
                let discrepancy = try work.finish()
                #expect(discrepancy == nil, "\(name), \(director): \(discrepancy.map(String.init(describing:)) ?? "")")
            } catch {
                Issue.record("\(name), \(director): \(error)")
            }
        }
    }
}
