import Addresses
import Configuration
import Dialogues
import Testing

/// NNTP and simpletcp.
struct TextSimpleDialogueTests {
    @Test(arguments: [
        TextScript("ready", [.main("200 news\r\n")], [.send("QUIT"), .up("200 news")]),
        TextScript("reading only", [.main("201-x\r\n")], [.send("QUIT"), .up("201 x")]),
        TextScript("refused", [.main("502 no access\r\n")], [.down(.status(502), "502 no access")]),
        TextScript("out of order", [.main("400 later\r\n")], [.down(.status(400), "400 later")]),
        TextScript("closed", [.ended], [.down(.closed, "the connection was closed before the greeting")]),
    ])
    func nntp(script: TextScript) {
        script.check(Negotiation(.nntp).machine(for: TextScript.server, nonce: .zero))
    }

    static let lines: [TextScript] = [
        TextScript(
            "a line",
            [.main("no\r\nits OK here\r\nmore\r\n")],
            [.send("status"), .endSending, .up("its OK here")]
        ),
        TextScript(
            "a last line without an end",
            [.main("no\nOK"), .ended],
            [.send("status"), .endSending, .up("OK")]
        ),
        TextScript(
            "no line",
            [.main("no\nO\nK\n"), .ended],
            [.send("status"), .endSending, .down(.mismatch, "no line matches; the first is: no")]
        ),
        TextScript(
            "nothing",
            [.ended],
            [.send("status"), .endSending, .down(.closed, "the connection was closed without an answer")]
        ),
    ]

    @Test(arguments: lines)
    func simpleTCP(script: TextScript) {
        let negotiation = Negotiation(.simpleTCP(request: Array("status\r\n".utf8), ContentPattern("O.?K")))
        script.check(negotiation.machine(for: TextScript.server, nonce: .zero))
    }

    @Test(arguments: [
        ("OK$", "OK\n", true), ("OK$", "OK\r\n", false), ("^OK", "x\nOK\n", true), ("OK.x", "OK\nx", false),
        ("", "\n", true),
        ("a\n", "a\n", true), ("a\n", "a", false),
    ])
    func eachLineIsSearchedByItself(pattern: String, answer: String, isUp: Bool) {
        let machine = SimpleTCPDialogue(
            request: [],
            pattern: ContentPattern(pattern),
            target: TextScript.server,
            security: nil
        )
        let actions = TextScript.run(machine, [.connected, .main(answer), .ended])
        #expect(actions[1] == .endSending)
        guard case .finish(let verdict, _, _) = actions.last else {
            Issue.record("no verdict")
            return
        }
        #expect((verdict == .up) == isUp)
    }

    @Test
    func withoutAPatternAnyLineWillDo() {
        let machine = SimpleTCPDialogue(request: [], pattern: nil, target: TextScript.server, security: nil)
        #expect(TextScript.run(machine, [.connected, .bytes([0xff, 0x00, 0x0a])]).last == .up("??"))
        let nothing = TextScript.run(machine, [.connected, .ended]).last
        #expect(nothing == .down(.closed, "the connection was closed without an answer"))
    }

    @Test
    func linesAndBytesHaveLimits() {
        let machine = SimpleTCPDialogue(
            request: [],
            pattern: ContentPattern("y"),
            target: TextScript.server,
            security: nil
        )
        let long = TextScript.Event.main(String(repeating: "x", count: 65_536))
        #expect(
            TextScript.run(machine, [.connected] + Array(repeating: long, count: 17)).last
                == .down(.limit, "no line matches within 1048576 bytes")
        )
        let many = TextScript.Event.main(String(repeating: "\n", count: 9_999))
        #expect(TextScript.run(machine, [.connected, many]).last == .endSending)
        #expect(
            TextScript.run(machine, [.connected, many, .main("\n\n")]).last
                == .down(.limit, "no line matches within 10000 lines")
        )
    }
}
