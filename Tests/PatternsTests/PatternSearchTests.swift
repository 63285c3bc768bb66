import Patterns
import TestKit
import Testing

struct PatternSearchTests {
    /// The outcome for a text that arrives in pieces of those sizes, the last one again and again.
    private func search(_ pattern: Pattern, _ text: [UInt8], pieces: [Int], limit: Int = 1 << 20) -> PatternOutcome {
        var search = PatternSearch(pattern, limit: limit)
        var rest = text[...]
        var index = 0
        while !rest.isEmpty {
            let piece = Array(rest.prefix(pieces[min(index, pieces.count - 1)]))
            index += 1
            rest = rest.dropFirst(piece.count)
            if let outcome = search.received(piece.span.bytes) { return outcome }
        }
        return search.ended()
    }

    private static let sources = [
        "ab", "^ab", "(?m)^ab", "ab$", "(?m)ab$", "ab\\z", "ab\\Z", "\\Aab", "\\Gab", "\\bab\\b", "\\Bab", "(?<=b)ab",
        "(?<!b)ab", "(?<=^a)b", "(?<=(?<=a)b)a", "ab(?=b)", "ab(?!b)", "(?!a)", "^$", "$", "\\z", "a*$", "(?s)a.*b$",
        "a.*b", ".*ab", "(?s).*ab\\n$", "(a|b)+\\n", "a{3}", "\\na", "^\\n", "(?m)^$", "(?m)^a$", "(a)b\\1",
        "a(*COMMIT)b",
        "b(*SKIP)a|b", "a\\Kb$", "(?>a+)b", "(?:ab|abba)$", "(?1)(?<=(a))b", "b\\b", "\\n\\n\\z",
    ]

    @Test(arguments: sources)
    func piecesAreSearchedLikeTheWhole(source: String) throws {
        let pattern = try Pattern(source)
        let letters = Array("ab\n".utf8)
        // Every text of up to six letters, in every way to cut it into a first piece and bytes.
        for length in 0...6 {
            for number in 0..<Int(repeatElement(3, count: length).reduce(1, *)) {
                var digits = number
                let text = (0..<length).map { _ in
                    defer { digits /= 3 }
                    return letters[digits % 3]
                }
                let expected = pattern.search(text)
                for first in 1...7 {
                    let outcome = search(pattern, text, pieces: [first, 1])
                    #expect(
                        outcome == expected,
                        "\(source) in \(String(decoding: text, as: UTF8.self).debugDescription)"
                    )
                }
            }
        }
    }

    @Test(arguments: sources)
    func longTextsInRandomPiecesAreSearchedLikeTheWhole(source: String) throws {
        let pattern = try Pattern(source)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<100 {
            let seed = UInt64.random(in: 0 ... .max, using: &random)
            var generator = SeededGenerator(seed: seed)
            let text = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
                Array("aab\nxxxx".utf8)[Int.random(in: 0..<8, using: &generator)]
            }
            let pieces = (0..<100).map { _ in Int.random(in: 1...20, using: &generator) }
            #expect(search(pattern, text, pieces: pieces) == pattern.search(text), "seed \(seed)")
        }
    }

    @Test
    func whatLiesBeyondTheLimitIsNotLookedAt() throws {
        let pattern = try Pattern("ok")
        #expect(search(pattern, Array("12345ok".utf8), pieces: [3], limit: 7) == .found)
        #expect(search(pattern, Array("12345ok".utf8), pieces: [3], limit: 6) == .notFound)
        #expect(search(pattern, Array("12345ok".utf8), pieces: [100], limit: 6) == .notFound)
        #expect(search(try Pattern("5o$"), Array("12345ok".utf8), pieces: [100], limit: 6) == .found)
    }

    @Test
    func theOutcomeStaysOnceItIsKnown() throws {
        var search = PatternSearch(try Pattern("ok"), limit: 100)
        #expect(search.received([UInt8]("not o".utf8).span.bytes) == nil)
        #expect(search.received([UInt8]("k!".utf8).span.bytes) == .found)
        #expect(search.received([UInt8]("more".utf8).span.bytes) == .found)
        #expect(search.ended() == .found)
    }

    @Test(.waits, arguments: ["(a+)+b", "a*b", "(?s).*ok$", "aaaa(a|b)*!"])
    func aTricklingPeerDoesNotCostMoreThanAFastOne(source: String) throws {
        // Half a million pieces of one byte: looked at anew with each, this would take hours.
        let pattern = try Pattern(source)
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 19)
        #expect(search(pattern, text, pieces: [1]) != .found)
    }

    @Test
    func aCatastrophicExpressionEndsInALimitWhileTheTextArrives() throws {
        let pattern = try Pattern("(a|aa)+!")
        let text = [UInt8]("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa? and more to come".utf8)
        #expect(search(pattern, text, pieces: [16]) == .limit)
    }
}
