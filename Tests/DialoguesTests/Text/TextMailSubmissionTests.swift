import Addresses
import Dialogues
import Testing

struct TextMailSubmissionTests {
    static let message = TextMailTests.message(body: ".hidden\nfrom\n.\n", recipients: ["a@x", "b@x"])
    static let sent = DialogueAction.send(
        Array(
            String(decoding: message.bytes(), as: UTF8.self).utf8.split(separator: 0x0a).flatMap { line in
                (line.first == 0x2e ? [0x2e] : []) + Array(line) + [0x0a]
            }
        ) + Array(".\r\n".utf8)
    )
    static let ehlo = DialogueAction.send("EHLO [10.0.0.2]")
    static let from = DialogueAction.send("MAIL FROM:<root@lb1.example.com>")
    static let first = DialogueAction.send("RCPT TO:<a@x>")
    static let second = DialogueAction.send("RCPT TO:<b@x>")
    static let data = DialogueAction.send("DATA")
    static let quit = DialogueAction.send("QUIT")

    @Test(arguments: [
        TextScript(
            "taken",
            [
                .main("220 mx\r\n"), .main("250-mx\r\n250 8BITMIME\r\n"), .main("250 from\r\n"), .main("250 a\r\n"),
                .main("251 b\r\n"), .main("354 go\r\n"), .main("250 queued as 1\r\n"),
            ],
            [ehlo, from, first, second, data, sent, quit, .up("250 queued as 1")]
        ),
        TextScript(
            "HELO, and one recipient refused",
            [
                .main("220 mx\r\n"), .main("500 ?\r\n"), .main("250 mx\r\n"), .main("250 from\r\n"),
                .main("550 who?\r\n"),
                .main("250 b\r\n"), .main("354 go\r\n"), .main("250 queued\r\n"),
            ],
            [
                ehlo, .send("HELO [10.0.0.2]"), from, first, second, data, sent, quit,
                .up("250 queued, but refused for a@x (550 who?)"),
            ]
        ),
        TextScript(
            "all recipients refused",
            [.main("220 mx\r\n"), .main("250 mx\r\n"), .main("250\r\n"), .main("450 grey\r\n"), .main("550 no\r\n")],
            [ehlo, from, first, second, quit, .down(.status(450), "refused for a@x (450 grey), b@x (550 no)")]
        ),
        TextScript(
            "the sender refused",
            [.main("220 mx\r\n"), .main("250 mx\r\n"), .main("553 no\r\n")],
            [ehlo, from, quit, .down(.status(553), "553 no")]
        ),
        TextScript(
            "the message refused",
            [
                .main("220 mx\r\n"), .main("250 mx\r\n"), .main("250\r\n"), .main("250\r\n"), .main("250\r\n"),
                .main("354\r\n"),
                .main("554 spam\r\n"),
            ],
            [ehlo, from, first, second, data, sent, quit, .down(.status(554), "554 spam")]
        ),
        TextScript(
            "shutting down between recipients",
            [.main("220 mx\r\n"), .main("250 mx\r\n"), .main("250\r\n"), .main("250\r\n"), .main("421 bye\r\n")],
            [ehlo, from, first, second, quit, .down(.status(421), "421 bye")]
        ),
        TextScript("no service", [.main("554 no\r\n")], [quit, .down(.status(554), "554 no")]),
        TextScript(
            "closed",
            [.main("220 mx\r\n"), .main("250 mx\r\n"), .ended],
            [ehlo, from, .down(.closed, "the connection was closed before the answer to MAIL")]
        ),
    ])
    func submission(script: TextScript) {
        script.check(MailSubmission(message: Self.message, target: TextScript.server))
    }

    @Test(arguments: [
        ("lb1.example.com", "lb1.example.com"), ("lb1", "[10.0.0.2]"), ("a b.c", "[10.0.0.2]"), ("", "[10.0.0.2]"),
        ("lb_1.example.com", "[10.0.0.2]"), ("l\u{fc}b.example.com", "[10.0.0.2]"),
    ])
    func theClientMayHaveAName(name: String, shown: String) {
        let machine = MailSubmission(message: Self.message, target: TextScript.server, clientName: name)
        let actions = TextScript.run(machine, [.connected, .main("220 mx\r\n")])
        #expect(actions.last == .send("EHLO \(shown)"))
    }
}
