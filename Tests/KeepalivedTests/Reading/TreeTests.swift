import Diagnostics
import Keepalived
import Testing

struct TreeTests {
    @Test(arguments: [
        ("lb_algo rr\n\n  lb_kind\tNAT \n", "lb_algo rr; lb_kind NAT"),
        ("a {\nb 1\nc {\n}\n}\nd\n", "a {b 1; c {}}; d"),
        ("VI_1{\nb 1 }\nc", "VI_1 {b 1}; c"),
        ("a 1\n\n# comment\n{\nb\n}", "a 1 {b}"),
        ("a {b 1}", "a {b 1}"),
        ("a { b { c 1 } }", "a {b {c 1}}"),
        ("a { b 1\n} c { d 2\n} }\n", "a {b 1}; c {d 2}"),
        ("a\r\n{\r\nb 1\r\n}\r\n", "a {b 1}"),
        ("a\u{b}b\u{c}c", "a b c"),
    ])
    func blocksAndWordsAreTakenApart(text: String, outline: String) {
        #expect(tree(of: text).outline == outline)
    }

    @Test(arguments: [
        ("a \"b c\" d", "a 'b c' d"),
        ("a\"b c\"d", "a 'b c' d"),
        ("10.9.1.12\"80\"", "10.9.1.12 '80'"),
        ("a \"\"", "a ''"),
        ("a \"b { # ! } c\" # d", "a 'b { # ! } c'"),
        ("a b#c d", "a b"),
        ("a b!c d", "a b"),
        ("a é", "a é"),
    ])
    func quotesGroupAndCommentsEndALine(text: String, outline: String) {
        let tree = tree(of: text)
        #expect(tree.outline == outline)
        #expect(tree.complaints == [])
    }

    @Test func wordsKnowTheirPlaces() throws {
        let tree = tree(of: "a {\n  path \"/x y\" z\n}")
        let statement = try #require(tree.statements.first?.block?.statements.first)
        #expect(statement.words.map(\.place.line) == [2, 2, 2])
        #expect(statement.words.map(\.place.column) == [3, 9, 15])
        #expect(statement.words.map(\.length) == [4, 4, 1])
        #expect(String(decoding: statement.rest.bytes, as: UTF8.self) == "\"/x y\" z")
        #expect(statement.rest.place.column == 8)
    }

    @Test func bracesKnowTheirPlaces() throws {
        let block = try #require(tree(of: "a\n { b\n  }").statements.first?.block)
        #expect(block.openingBrace.line == 2)
        #expect(block.openingBrace.column == 2)
        #expect(block.closingBrace?.line == 3)
        #expect(block.closingBrace?.column == 3)
    }

    @Test(arguments: [
        ("a {\n b {\n", ["k.conf:1:3: the block of a is not closed at the end of the file"]),
        ("a\n}\nb", ["k.conf:2:1: warning: a closing brace too many, which is passed over"]),
        ("{ a\n}", ["k.conf:1:1: a block that belongs to nothing"]),
        ("a { b 1\n}\n{ c\n}", ["k.conf:3:1: a block that belongs to nothing"]),
        ("a \"b\nc", ["k.conf:1:3: a quote that is not closed in its line"]),
    ])
    func whatDoesNotCloseIsTold(text: String, complaints: [String]) {
        #expect(tree(of: text).complaints == complaints)
    }

    @Test func theBlockThatIsOpenedIsShown() {
        let finding = tree(of: "virtual_server 10.9.0.10 80 {\n  real_server 10.9.1.11 80 {\n").findings.inOrder.first
        #expect(
            finding?.description == """
                k.conf:1:29: the block of virtual_server is not closed at the end of the file; expected }
                    virtual_server 10.9.0.10 80 {
                                                ^
                    neither is that of real_server in line 2
                """
        )
    }

    @Test func depthIsBounded() {
        let tree = tree(of: String(repeating: "a {\n", count: 100_000) + String(repeating: "}\n", count: 100_000))
        #expect(tree.complaints == ["k.conf:33:3: blocks within each other deeper than 32"])
    }

    /// What is wrong near a password is told without it.
    @Test(arguments: [
        "  auth_pass sesame \"x", "a { password  \"sesame", "password sesame ${NOPE}",
        "$P=1\nauth_pass sesame$P ${NOPE}",
    ])
    func passwordsAreQuotedNowhere(text: String) {
        let findings = tree(of: text).findings.inOrder
        #expect(!findings.isEmpty)
        for finding in findings {
            #expect(!finding.description.contains("sesame"))
            #expect(finding.description.contains("…") || finding.message.contains("block"))
        }
    }
}
