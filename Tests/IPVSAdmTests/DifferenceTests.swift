import TestKit
import Testing

/// The list of expected differences, which the manual page and the tests share.
struct DifferenceTests {
    @Test
    func theManualPageHasTheSameList() throws {
        #expect(try ManualPage.keys() == Difference.all.map(\.key))
    }

    @Test
    func scenariosNameDifferencesOfTheList() throws {
        let keys = Set(Difference.all.map(\.key))
        for step in try Scenario.all().flatMap(\.steps) {
            guard let key = step.difference else { continue }
            #expect(keys.contains(key), "\(step.place)")
        }
    }

    @Test(arguments: Difference.all.filter { !$0.isProvenElsewhere }.map(\.key))
    func aScenarioShows(key: String) throws {
        #expect(try Scenario.all().flatMap(\.steps).contains { $0.difference == key })
    }

    @Test(arguments: Difference.all.compactMap(\.proof))
    func aTestOfItsOwnIsThere(proof: String) throws {
        let words = proof.split(separator: ".")
        try #require(words.count == 2)
        let folders = try SourceTree.names(in: "Tests").filter { $0.hasSuffix("Tests") }
        let texts = folders.compactMap { try? SourceTree.text(of: "Tests/\($0)/\(words[0]).swift") }
        #expect(texts.contains { $0.contains("struct \(words[0]) ") && $0.contains("func \(words[1])(") })
    }

    @Test
    func moreThanThreeHundredCommandLinesAreCompared() throws {
        #expect(try Scenario.all().flatMap(\.steps).count { $0.program != "sh" } > 300)
    }
}
