import Configuration
import Diagnostics
import Ldirectord
import Testing

/// Quotation marks of other kinds, and one that stands alone: never a part of a value.
struct QuotationMarkTests {
    /// Pairs that leave no doubt.
    static let pairs: [(String, String)] = [
        ("“", "”"), ("“", "\""), ("\"", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("‟", "”"), ("«", "»"), ("»", "«"),
        ("‹", "›"), ("'", "'"), ("‘", "’"), ("‚", "‘"), ("‛", "’"), ("`", "`"), ("`", "'"), ("´", "´"), ("″", "″"),
        ("′", "′"), ("＂", "＂"), ("＇", "＇"), ("「", "」"), ("『", "』"), ("〝", "〞"), ("｢", "｣"), ("❝", "❞"),
        ("❛", "❜"), ("ʺ", "ʺ"), ("˝", "˝"), ("״", "״"), ("\\\"", "\\\""), ("\\\"", "\""),
    ]

    @Test(arguments: pairs, ["request", "receive", "login", "passwd", "database", "secret"])
    func aPairIsTakenForMarks(pair: (String, String), name: String) throws {
        let read = reading(block(["\(name)=\(pair.0)it's a word\(pair.1)"]))
        let found = try #require(read.diagnostics.first)
        #expect(found.message.hasSuffix("is no quotation mark; taken for one"), "\(found)")
        #expect(found.expected == "\"")
        #expect(read.diagnostics.count == 1)
        let expected = name == "request" ? "/it's a word" : "it's a word"
        #expect(value(of: name, in: read) == .string(expected))
        #expect(reading(block(["\(name)=\(pair.0)x\(pair.1)"]), isStrict: true).configuration == nil)
    }

    @Test(
        arguments: pairs,
        ["checkcommand", "monitorfile", "virtualhost", "sni", "servicename", "comment", "tlscafile"]
    )
    func aPairAroundWhatNeedsNoneIsTakenAway(pair: (String, String), name: String) {
        let read = reading(
            block(["\(name)=\(pair.0)/a/word\(pair.1)"]).replacing(
                name == "sni" || name == "virtualhost" ? "/a/" : "~",
                with: "a."
            )
        )
        let expected = name == "sni" || name == "virtualhost" ? "a.word" : "/a/word"
        #expect(value(of: name, in: read) == .string(expected))
        #expect(read.findings.count == 1)
    }

    @Test(arguments: pairs)
    func aPairInTheWholeFileIsTakenAway(pair: (String, String)) throws {
        for name in ["callback", "logfile", "maintenancedir", "emailalertfrom"] {
            let read = reading("\(name)=\(pair.0)/a b\(pair.1)\n")
            let global = try #require(read.effectiveDirectives?.global)
            #expect(global.first { $0.name == name }?.value == .string("/a b"), "\(name)")
        }
        for list in ["\(pair.0)a@b\(pair.1)", "\(pair.0)a@b\(pair.1), \(pair.0)c@d\(pair.1)"]
        where pair.0.utf8.count < 4 {
            let mail = reading("emailalert=\(list)\n").effectiveDirectives?.global.first { $0.name == "emailalert" }
            #expect(mail?.value == .list(list.contains("c@d") ? ["a@b", "c@d"] : ["a@b"]), "\(list)")
        }
        let execute = reading("execute=\(pair.0)mail.cf\(pair.1)\n").effectiveDirectives?.global
        #expect(execute?.first { $0.name == "execute" }?.value == .list(["mail.cf"]))
    }

    /// What is between leaves a doubt, or one end has none.
    @Test(arguments: [
        "Test Page\"", "\"Test Page", "“Test Page", "Test Page”", "'Test Page", "Test Page'", "\\\"Test Page", "«a» b",
        "“a” and “b”", "'say \"hi\"'", "“\"a\"”", "a \"b\" c", "a“b", "\\\"a\" b", "`a` `b`", "“", "'", "”\"",
        "Test “Page”",
        "\"a # b\" # \"c\"", "\"a # b “c” \"d\"",
    ])
    func aDoubtIsRefused(text: String) throws {
        for name in ["request", "receive", "login", "passwd", "database", "secret"] {
            let read = reading(block(["\(name)=\(text)"]))
            #expect(read.configuration == nil, "\(name)=\(text)")
            #expect(read.diagnostics.allSatisfy { $0.message.contains("quotation mark") }, "\(read.findings)")
        }
    }

    @Test func theCharacterIsCalledByItsName() throws {
        let found = try #require(reading(block(["receive=“Test Page"])).diagnostics.first)
        #expect(found.message == "“ (U+201C, left double quotation mark) is no quotation mark")
        #expect(found.expected == "\"")
    }

    /// Bytes of an editor that wrote Windows-1252.
    @Test(
        arguments: [(0x93, 0x94), (0x84, 0x93), (0x91, 0x92), (0xab, 0xbb), (0x8b, 0x9b), (0xb4, 0xb4)]
            as [(UInt8, UInt8)]
    )
    func marksOfWindows(first: UInt8, last: UInt8) throws {
        let text = Array(block([]).utf8) + Array("\treceive=".utf8) + [first] + Array("Test Page".utf8) + [last, 0x0a]
        let read = reading(text)
        #expect(value(of: "receive", in: read) == .string("Test Page"))
        #expect(try #require(read.diagnostics.first).message.contains("of Windows-1252"))
        let lonely = Array(block([]).utf8) + Array("\treceive=".utf8) + [first] + Array("Test Page\n".utf8)
        #expect(reading(lonely).configuration == nil)
    }

    /// Between two plain marks every character may stand.
    @Test(arguments: [
        "“a”", "'a'", "«", "a”", "`x`", "it's", "a \"b\" c", "\"", "\"a\"", "a\\\"b", "a “b", "’", "′",
    ])
    func betweenPlainMarksEverythingStays(text: String) {
        for name in ["receive", "login", "passwd", "database", "secret"] {
            let read = reading(block(["\(name)=\"\(text)\""]))
            #expect(read.findings == [], "\(name)")
            #expect(value(of: name, in: read) == .string(text))
        }
    }

    /// A `#` cut the text without a word, and what was left could only fail.
    @Test(arguments: ["receive", "request", "login", "passwd", "database", "secret"], ["a#b", " a#b\"", "a#"])
    func aTextWithoutMarksIsNotCutAtAComment(name: String, text: String) {
        let read = reading(block(["\(name)=\(text)"]))
        #expect(read.configuration == nil)
        #expect(read.diagnostics.first?.message == "a # in \(name) without quotation marks")
        #expect(value(of: name, in: reading(block(["\(name)=\"a#b\""]))) == .string(name == "request" ? "/a#b" : "a#b"))
    }

    @Test(arguments: ["login=\"u\" passwd=\"p\"", "login=\"u\", passwd = \"p\"", "receive=\"a\"; request=\"b\""])
    func aSecondDirectiveOnALineIsTold(line: String) {
        let message = "a second directive on the line is a part of \(line.prefix { $0 != "=" })"
        #expect(reading(block([line])).diagnostics.map(\.message) == [message])
    }

    @Test(arguments: [
        "“/x”, “ok”", "'/x', 'ok'", "\"/x\", “ok”", "“/x\", \"ok\"", "\\\"x\\\", \\\"y\\\"", "\"/x, ok\"", "`x`,`y`",
    ])
    func ofAPairAtARealServerTheyAreRefused(texts: String) {
        #expect(reading(block(["real=10.0.0.2:80 gate 1 \(texts)"])).configuration == nil)
    }

    @Test func aShellKeepsItsMarks() {
        for command in ["'/bin/x y' z", "/bin/x \"a b\"", "/bin/x 'a'", "`which x`"] {
            let read = reading(block(["fallbackcommand=\(command)"]))
            #expect(value(of: "fallbackcommand", in: read) == .string(command))
        }
    }

    private func value(of name: String, in read: LoadedConfiguration) -> EffectiveDirectives.Value? {
        read.effectiveDirectives?.virtuals.first?.directives.first { $0.name == name }?.value
    }
}
