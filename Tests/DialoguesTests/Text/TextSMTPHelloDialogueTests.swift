import Configuration
import Dialogues
import Testing

struct TextSMTPHelloDialogueTests {
    static let helo = DialogueAction.send("HELO lb1.example.com")
    static let quit = DialogueAction.send("QUIT")

    static let scripts: [TextScript] = [
        TextScript("one line each", [.main("220 mx\r\n"), .main("250 mx\r\n")], [helo, quit, .up("250 mx")]),
        TextScript(
            "several lines, bare LF, no text",
            [.main("220-mx\r\n220-two\n220\n"), .main("250-mx\r\n250\r\n")],
            [helo, quit, .up("250 mx")]
        ),
        TextScript("another greeting", [.main("221 mx\r\n")], [.down(.status(221), "221 mx")]),
        TextScript("no service", [.main("554 go away\r\n")], [.down(.status(554), "554 go away")]),
        TextScript(
            "HELO refused",
            [.main("220 mx\r\n"), .main("550 no\r\n")],
            [helo, .down(.status(550), "550 no")]
        ),
        TextScript(
            "HELO answered by another success",
            [.main("220 mx\r\n"), .main("251 mx\r\n")],
            [helo, .down(.status(251), "251 mx")]
        ),
        TextScript("closed at once", [.ended], [.down(.closed, "the connection was closed before the greeting")]),
        TextScript(
            "closed within",
            [.main("220 mx\r\n"), .ended],
            [helo, .down(.closed, "the connection was closed before the answer to HELO")]
        ),
    ]

    @Test(arguments: scripts)
    func conversation(script: TextScript) {
        let negotiation = Negotiation(.smtpHello(name: "lb1.example.com"))
        script.check(negotiation.machine(for: TextScript.server, nonce: .zero))
    }
}
