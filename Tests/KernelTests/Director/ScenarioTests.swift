import TestKit
import Testing

/// Debian's ldirectord and ours with the same configurations, each in a namespace of its own.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct ScenarioTests {
    /// How many scenarios are played at once; a director mostly waits.
    private static let groupSize = 5

    private static let groups = DirectorScenario.all.groups(of: groupSize)

    @Test(arguments: groups.indices)
    func bothDirectorsEndWithTheSameTable(group: Int) throws {
        try PlayedDirector.both(play: Self.groups[group], name: \.name) { try ScenarioStage($1).play($0) }
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
