import Patterns
import Testing

struct PatternOptionTests {
    static let cases: [(options: [String], String, found: [String], missed: [String])] = [
        ([], "ab", ["xab"], ["AB"]), (["caseless"], "ab", ["xAB"], ["a b"]),
        (["multiline"], "^b", ["a\nb"], ["ab"]), (["dotall"], "a.b", ["a\nb"], ["ab"]),
        (["extended"], "a b # c", ["ab"], ["a b"]), (["firstline"], "b", ["ab\n"], ["a\nb"]),
        (["dollar_endonly"], "b$", ["b"], ["b\n"]), (["ungreedy"], "^a+b", ["aab"], ["b"]),
        (["utf"], "^.$", ["ü"], ["üü"]), ([], "^..$", ["ü"], ["u"]), (["utf", "ucp"], "^\\w$", ["ü"], ["-"]),
        (["dupnames"], "(?<n>a)|(?<n>b)", ["b"], ["c"]), (["allow_empty_class"], "a[]|b", ["b"], ["a]"]),
        (["alt_bsux"], "\\u0061", ["a"], ["u0061"]), (["auto_callout"], "ab", ["ab"], ["ba"]),
        (["match_unset_backref"], "(a)?\\1b", ["b"], ["a"]), (["no_auto_capture"], "(a)b", ["ab"], ["b"]),
        (["no_auto_possess", "no_dotstar_anchor", "no_start_optimize", "use_offset_limit"], ".*b", ["ab"], ["a"]),
        (["alt_circumflex", "multiline"], "a\\n^b", ["a\nb"], ["ab"]), (["alt_verbnames"], "a(*:x\\))b", ["ab"], ["a"]),
        (["never_backslash_c", "never_ucp", "never_utf"], "ab", ["ab"], ["b"]),
        ([], "(*UTF)^.$", ["ü"], ["üü"]), ([], "(*ANYCRLF)a.b", ["axb"], ["a\rb"]), ([], "a(?C1)b", ["ab"], ["b"]),
    ]

    @Test(arguments: cases)
    func anOptionMeansWhatPCRE2Means(options: [String], source: String, found: [String], missed: [String]) throws {
        #expect(options.allSatisfy { PatternOptions(name: $0) != nil })
        let pattern = try Pattern(source, PatternOptions(names: options))
        for (texts, outcome) in [(found, PatternOutcome.found), (missed, .notFound)] {
            for text in texts {
                #expect(pattern.search(Array(text.utf8)) == outcome, "\(source) in \(text)")
                var search = PatternSearch(pattern, limit: 100)
                for byte in text.utf8 { _ = search.received([byte].span.bytes) }
                #expect(search.ended() == outcome, "\(source) in the bytes of \(text)")
            }
        }
    }

    static let refused: [(options: [String], String, offset: Int)] = [
        ([], "a(", 2), ([], "a)b", 1), (["never_backslash_c"], "a\\C", 3), (["never_utf"], "(*UTF)a", 6),
        ([], "(*UTF)(*UCP)a(", 14),
    ]

    @Test(arguments: refused)
    func whatIsNoExpressionIsToldWithItsPlace(options: [String], source: String, offset: Int) {
        #expect {
            _ = try Pattern(source, PatternOptions(names: options))
        } throws: { ($0 as? PatternError)?.offset == offset }
    }

    @Test
    func anUnknownNameIsNone() {
        #expect(PatternOptions(name: "literal") == nil)
        #expect(PatternOptions(names: ["caseless", "x"]) == PatternOptions(names: ["caseless"]))
    }

    /// What is no UTF-8 is between characters, and ends no search.
    @Test
    func textThatIsNoUTF8IsSearched() throws {
        let pattern = try Pattern("ok", PatternOptions(names: ["utf"]))
        #expect(pattern.search([0xff] + Array("ok".utf8)) == .found)
        #expect(pattern.search([0xc3]) == .notFound)
    }

    /// Every window over every text of a few letters, in pieces: as many as there are, found by looking at each place.
    @Test(arguments: ["a", "^a", "ba", "(?<=b)a", "a$", "\\ba", "(?<!a)a", "aa|b"])
    func aWindowHoldsTheBeginningOfAMatch(source: String) throws {
        let pattern = try Pattern(source, [], limitsOffset: true)
        let text = Array("abaab\nba".utf8)
        let anchored = try (0...text.count).map { try Pattern("(?s)^(?:.{\($0)})\\K(?:\(source))", []) }
        let places = (0...text.count).filter { anchored[$0].search(text) == .found || source == "^a" && $0 == 0 }
        for least in 0...text.count + 1 {
            for bound in [nil] + (0...text.count + 1).map(Optional.some) {
                let isWanted = places.contains { $0 >= least && $0 < bound ?? .max }
                for size in 1...4 {
                    var search = PatternSearch(pattern, limit: 100, from: least, to: bound)
                    var rest = text[...]
                    while !rest.isEmpty {
                        _ = search.received(Array(rest.prefix(size)).span.bytes)
                        rest = rest.dropFirst(size)
                    }
                    let outcome = search.ended()
                    #expect(outcome == (isWanted ? .found : .notFound), "\(least)..<\(bound ?? -1) by \(size)")
                }
            }
        }
    }

    /// Bytes before a window are not kept.
    @Test
    func aFarWindowIsReached() throws {
        let pattern = try Pattern("ab", [], limitsOffset: true)
        for (place, bound) in [(1_000_000, 1_000_001), (0, nil as Int?)].map({ ($0.0, $0.1) }) {
            var search = PatternSearch(
                pattern,
                limit: 2_000_000,
                from: place,
                to: bound,
                budget: TextBudget(bytes: 8_192)
            )
            for _ in 0..<1_000 { _ = search.received(Array(repeating: UInt8(ascii: "x"), count: 1_000).span.bytes) }
            #expect(search.received(Array("ab".utf8).span.bytes) == .found)
        }
    }
}
