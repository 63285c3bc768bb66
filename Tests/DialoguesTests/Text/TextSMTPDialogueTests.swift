import Addresses
import Configuration
import Dialogues
import Testing

struct TextSMTPDialogueTests {
    static let ehlo = DialogueAction.send("EHLO localhost.localdomain")
    static let helo = DialogueAction.send("HELO localhost.localdomain")
    static let quit = DialogueAction.send("QUIT")

    static let plain: [TextScript] = [
        TextScript(
            "EHLO",
            [.main("220 mx ESMTP\r\n"), .main("250-mx at your service\r\n250-SIZE 1\r\n250 STARTTLS\r\n")],
            [ehlo, quit, .up("250 mx at your service")]
        ),
        TextScript(
            "a greeting of lines, bare LF, and no text",
            [.main("220-mx\n220-two\n220\n"), .main("250\n")],
            [ehlo, quit, .up("250")]
        ),
        TextScript(
            "HELO where EHLO is unknown",
            [.main("220 mx\r\n"), .main("502 what?\r\n"), .main("250 mx\r\n")],
            [ehlo, helo, quit, .up("250 mx")]
        ),
        TextScript(
            "both refused",
            [.main("220 mx\r\n"), .main("550 no\r\n"), .main("550 still no\r\n")],
            [ehlo, helo, .down(.status(550), "550 still no")]
        ),
        TextScript("no service", [.main("554 go away\r\n")], [.down(.status(554), "554 go away")]),
        TextScript("busy", [.main("421-a\r\n421 b\r\n")], [.down(.status(421), "421 a")]),
        TextScript(
            "shut down within",
            [.main("220 mx\r\n"), .main("421 shutting down\r\n"), .ended],
            [ehlo, .down(.status(421), "421 shutting down")]
        ),
        TextScript("closed at once", [.ended], [.down(.closed, "the connection was closed before the greeting")]),
        TextScript(
            "closed within",
            [.main("220 mx\r\n"), .main("250-mx\r\n"), .ended],
            [ehlo, .down(.closed, "the connection was closed before the answer to EHLO")]
        ),
        TextScript(
            "numbers that differ",
            [.main("220 mx\r\n"), .main("250-mx\r\n251 SIZE\r\n")],
            [ehlo, .down(.malformed, "the answer is not SMTP: 251 SIZE")]
        ),
        TextScript(
            "something else",
            [.bytes([0x31, 0x35, 0x30, 0x20] + Array(repeating: 0x1b, count: 3) + [0x0a])],
            [.down(.status(150), "150 ???")]
        ),
    ]

    @Test(arguments: plain)
    func inTheClear(script: TextScript) {
        script.check(Negotiation(.smtp(startsTLS: false)).machine(for: TextScript.server, nonce: .zero))
    }

    @Test
    func tlsFromTheFirstByte() {
        let security = TLSSettings(serverName: "mx")
        let script = TextScript("", [.main("220 mx\r\n"), .main("250 mx\r\n")], [Self.ehlo, Self.quit, .up("250 mx")])
        script.check(
            SMTPDialogue(startsTLS: false, target: TextScript.server, security: security),
            opens: .open(.main, TextScript.server, .tcp, security: security)
        )
    }

    static let starting: [TextScript] = [
        TextScript(
            "offered",
            [
                .main("220 mx\r\n"), .main("250-mx\r\n250-starttls\r\n250 HELP\r\n"), .main("220 go on\r\n"),
                .connected,
                .main("250 mx, safely\r\n"),
            ],
            [ehlo, .send("STARTTLS"), .startTLS(security), ehlo, quit, .up("250 mx, safely")]
        ),
        TextScript(
            "refused though offered",
            [.main("220 mx\r\n"), .main("250-mx\r\n250 STARTTLS\r\n"), .main("454 no key\r\n")],
            [ehlo, .send("STARTTLS"), .down(.status(454), "STARTTLS is refused: 454 no key")]
        ),
        TextScript(
            "not offered: a name that looks like it, and the first line",
            [.main("220 mx\r\n"), .main("250-STARTTLS\r\n250 STARTTLSX\r\n")],
            [
                ehlo,
                .finish(
                    .down,
                    .security(.handshake),
                    text: "the server does not offer STARTTLS, so it has no certificate"
                ),
            ]
        ),
        TextScript(
            "refusing EHLO in TLS",
            [
                .main("220 mx\r\n"), .main("250-mx\r\n250 STARTTLS\r\n"), .main("220 go\r\n"), .connected,
                .main("500 no\r\n"),
            ],
            [ehlo, .send("STARTTLS"), .startTLS(security), ehlo, .down(.status(500), "500 no")]
        ),
        TextScript(
            "closed at STARTTLS",
            [.main("220 mx\r\n"), .main("250-mx\r\n250 STARTTLS\r\n"), .ended],
            [
                ehlo, .send("STARTTLS"), .down(.closed, "the connection was closed before the answer to STARTTLS"),
            ]
        ),
    ]
    static let security = TLSSettings(verifiesCertificate: true, serverName: "mx")

    @Test(arguments: starting)
    func startTLS(script: TextScript) {
        script.check(SMTPDialogue(startsTLS: true, target: TextScript.server, security: Self.security))
    }

    @Test
    func withoutVerificationStartTLSIsNotMissed() {
        let script = TextScript("", [.main("220 mx\r\n"), .main("250 mx\r\n")], [Self.ehlo, Self.quit, .up("250 mx")])
        script.check(SMTPDialogue(startsTLS: true, target: TextScript.server, security: TLSSettings()))
        script.check(SMTPDialogue(startsTLS: true, target: TextScript.server, security: nil))
    }

    @Test
    func whatComesInTheClearBehindStartTLSIsNotTaken() {
        let machine = SMTPDialogue(startsTLS: true, target: TextScript.server, security: Self.security)
        let actions = TextScript.run(
            machine,
            [.connected, .main("220 mx\r\n"), .main("250-mx\r\n250 STARTTLS\r\n"), .main("220 go\r\n250 injected\r\n")]
        )
        #expect(actions.last == .down(.malformed, "bytes follow the answer to STARTTLS in the clear"))
        #expect(!actions.contains(.startTLS(Self.security)))
    }
}

extension DialogueNonce {
    static let zero = DialogueNonce(high: 0, low: 0)
}
