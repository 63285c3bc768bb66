import TestKit
import Testing

@testable import Keepalived

/// The table of words: that it is whole, and that the manual page has all of it.
struct WordTableTests {
    @Test func noWordStandsTwiceInAScope() {
        for (scope, words) in WordTable.all {
            let names = words.map(\.name)
            #expect(Set(names).count == names.count, "\(scope)")
        }
        #expect(Set(WordTable.all.map(\.scope)).count == WordTable.all.count)
    }

    @Test func everyBlockHasWordsOrLines() {
        let known = Set(WordTable.all.map(\.scope))
        for (_, words) in WordTable.all {
            for word in words {
                guard let scope = word.block else { continue }
                #expect(known.contains(scope) || WordTable.line(of: scope) != nil, "\(word.name)")
                #expect(scope.name != nil)
            }
        }
    }

    @Test func everyOldWordLeadsToAnother() {
        for (scope, words) in WordTable.all {
            for word in words where word.meaning != word.name {
                #expect(WordTable.rule(word.meaning, in: scope) != nil, "\(word.name) in \(scope)")
            }
        }
    }

    /// Those that other programs have stand for themselves.
    @Test func everyWordIsInTheManualPage() throws {
        let page = try SourceTree.text(of: "man/keepalived.conf.5")
        let words = Set(page.split { " \n,|".contains($0) }.map { $0.trimmingPrefix("(") })
        for (scope, rules) in WordTable.all {
            for rule in rules where !isForeign(rule) {
                #expect(words.contains(Substring(rule.name)), "\(rule.name) of \(scope)")
            }
        }
    }

    private func isForeign(_ rule: WordRule) -> Bool {
        if case .idle = rule.standing { true } else { false }
    }
}
