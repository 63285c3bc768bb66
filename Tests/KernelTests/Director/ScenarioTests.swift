import TestKit
import Testing

/// Debian's ldirectord and ours with the same configurations, each in a namespace of its own.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct ScenarioTests {
    /// How many scenarios are played at once; a director mostly waits.
    private static let groupSize = 5

    private static let groups = stride(from: 0, to: DirectorScenario.all.count, by: groupSize).map {
        Array(DirectorScenario.all[$0..<min($0 + groupSize, DirectorScenario.all.count)])
    }

    @Test(arguments: groups.indices)
    func bothDirectorsEndWithTheSameTable(group: Int) throws {
        let plays = try Self.groups[group].flatMap { scenario in
            try [ScenarioStage.Director.original, .ours].map { director in
                (scenario.name, director, try BackgroundWork { try ScenarioStage.play(scenario, director) })
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

    @Test func everyDifferenceStandsInTheManualPage() throws {
        let keys = Set(try ManualPage.keys(of: "ldirectord.cf.5"))
        for scenario in DirectorScenario.all {
            for case .rest(_, _?, let key) in scenario.steps {
                #expect(key.map(keys.contains) == true, "\(scenario.name): \(key ?? "")")
            }
        }
    }
}
