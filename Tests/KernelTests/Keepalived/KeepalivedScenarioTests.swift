import TestKit
import Testing

/// Debian's keepalived and ours with the same configurations, each in a namespace of its own.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct KeepalivedScenarioTests {
    /// How many scenarios are played at once; a director mostly waits.
    private static let groupSize = 4

    private static let groups = KeepalivedScenario.all.groups(of: groupSize)

    @Test(arguments: groups.indices)
    func bothEndWithTheSameTableAndTheSameLines(group: Int) throws {
        try PlayedDirector.both(play: Self.groups[group], name: \.name) { try KeepalivedStage($1).play($0) }
    }
}
