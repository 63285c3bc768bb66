import Patterns
import TestKit
import Testing

struct PatternTests {
    @Test(arguments: [
        ("ok", "all is ok here", true),
        ("ok", "all is well", false),
        ("", "", true),
        ("^ok", "ok\n", true),
        ("^ok", "not\nok", false),
        ("(?m)^ok", "not\nok", true),
        ("ok$", "ok", true),
        ("ok$", "ok\n", true),
        ("ok$", "ok\n\n", false),
        ("ok\\z", "ok\n", false),
        ("ok\\Z", "ok\n", true),
        ("a.b", "a\nb", false),
        ("a.b", "a\rb", true),
        ("(?s)a.b", "a\nb", true),
        ("(?i)OK", "it is oK", true),
        ("\\bok\\b", "okay", false),
        ("\\d{3}-\\d{4}", "call 555-1234 now", true),
        ("^(\\w+) \\1$", "so so", true),
        ("\\j\\y", "jy", true),
        ("\\Gok", "ok", true),
        ("\\Gok", "not ok", false),
        ("\\w", "ü", false),
        ("^..$", "ü", true),
    ])
    func meansWhatItMeansInPerl(source: String, text: String, isFound: Bool) throws {
        let pattern = try Pattern(source)
        #expect(pattern.search(Array(text.utf8)) == (isFound ? .found : .notFound))
    }

    @Test(arguments: [("(ok", 3), ("ok)", 2), ("a**", 2), ("[a", 2), ("(?<=a+)b", 0), ("\\x{110000000}", 12)])
    func whatIsNoExpressionIsRefusedWithItsPlace(source: String, offset: Int) {
        let error = #expect(throws: PatternError.self) { try Pattern(source) }
        #expect(error?.offset == offset)
        #expect(error?.message.isEmpty == false)
    }

    @Test(arguments: ["(a+)+$", "(a|aa)+$", "(a|aa|aaa)*c?$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func catastrophicExpressionsEndInALimit(source: String) throws {
        let pattern = try Pattern(source)
        #expect(pattern.search([UInt8](repeating: UInt8(ascii: "a"), count: 64) + [UInt8(ascii: "!")]) == .limit)
    }

    /// Each place where a match may begin takes few steps, but a long look: together they would take hours.
    @Test(
        .waits,
        arguments: [("<title>.*OK", "<title>", "xK"), ("\\w+@x", "a", "@y x"), ("(?s)<a.*?>x", "<a", "> x")]
    )
    func textsMadeForAPatternEndInALimit(source: String, part: String, end: String) throws {
        let text = Array((String(repeating: part, count: (1 << 20) / part.utf8.count) + end).utf8)
        let pattern = try Pattern(source)
        #expect(pattern.search(text) == .limit)
        var search = PatternSearch(pattern, limit: 1 << 21)
        var outcome: PatternOutcome?
        for start in stride(from: 0, to: text.count, by: 1 << 14) where outcome == nil {
            outcome = search.received(Array(text[start..<min(start + 1 << 14, text.count)]).span.bytes)
        }
        #expect((outcome ?? search.ended()) == .limit)
    }

    @Test(arguments: ["<title>.*OK", "\\w+@x", "(?i)status: ok", "(foo|bar)+\\d$"])
    func longTextsAreSearchedToTheirEnd(source: String) throws {
        let line =
            "<title>Some words of a long page, with foo1 and bar2 and a name, web@home, in it: status no</title>\n"
        let text = Array(String(repeating: line, count: (1 << 20) / line.utf8.count).utf8)
        #expect(try Pattern(source).search(text) == .notFound)
    }

    @Test
    func deepRecursionEndsInALimit() throws {
        let pattern = try Pattern("^(\\((?1)*\\))+$")
        #expect(pattern.search([UInt8](repeating: UInt8(ascii: "("), count: 1 << 20)) == .limit)
    }

    @Test
    func bytesThatAreNoTextAreSearched() throws {
        let pattern = try Pattern("\\x00\\xff$")
        #expect(pattern.search([0xfe, 0x00, 0xff]) == .found)
    }

    @Test func manyTextsShareTheirSteps() throws {
        let pattern = try Pattern("(a+)+$")
        var allowance = PatternAllowance()
        // By itself each may take its time; thousands of them may not.
        let text = Array("aaaaaaaaaaaaaab".utf8)
        #expect(pattern.search(text) == .notFound)
        let outcomes = (0..<5_000).map { _ in pattern.search(text, within: &allowance) }
        #expect(outcomes.first == .notFound)
        #expect(outcomes.last == .limit)
    }

    @Test func sharedStepsAreEnoughForManyTexts() throws {
        let pattern = try Pattern("status: (ok|fine)$")
        var allowance = PatternAllowance()
        let text = Array("a line of eighty bytes that says nothing whatever about the state of the server..\n".utf8)
        let outcomes = Set((0..<10_000).map { _ in pattern.search(text, within: &allowance) })
        #expect(outcomes == [.notFound])
        #expect(pattern.search(Array("status: ok\n".utf8), within: &allowance) == .found)
    }
}
