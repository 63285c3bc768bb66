import Addresses
import Configuration
import Dialogues
import Testing

struct TextIMAPDialogueTests {
    static let logout = DialogueAction.send("a2 LOGOUT")
    static let login = DialogueAction.send("a1 LOGIN \"jack\" \"se \\\"cr\\\\et\"")

    @Test(arguments: [
        TextScript(
            "greeting",
            [.main("* OK [CAPABILITY IMAP4rev1] ready\r\n")],
            [
                logout, .up("* OK [CAPABILITY IMAP4rev1] ready"),
            ]
        ),
        TextScript("logged in already", [.main("* PREAUTH hello\r\n")], [logout, .up("* PREAUTH hello")]),
        TextScript("refused", [.main("* BYE full\r\n")], [.down(.refused, "* BYE full")]),
        TextScript("no greeting", [.main("* NO\r\n")], [.down(.malformed, "the answer is not IMAP: * NO")]),
        TextScript("closed", [.ended], [.down(.closed, "the connection was closed before the greeting")]),
    ])
    func withoutALogin(script: TextScript) {
        script.check(Negotiation(.imap(nil)).machine(for: TextScript.server, nonce: .zero))
    }

    static let logins: [TextScript] = [
        TextScript(
            "accepted",
            [.main("* ok ready\r\n"), .main("* CAPABILITY x\r\na1 OK in\r\n")],
            [login, logout, .up("a1 OK in")]
        ),
        TextScript(
            "refused",
            [.main("* OK ready\r\n"), .main("a1 NO [AUTHENTICATIONFAILED] no\r\n")],
            [login, logout, .down(.authentication, "a1 NO [AUTHENTICATIONFAILED] no")]
        ),
        TextScript(
            "out of order",
            [.main("* OK ready\r\n"), .main("a1 NO [UNAVAILABLE] later\r\n")],
            [login, logout, .down(.refused, "a1 NO [UNAVAILABLE] later")]
        ),
        TextScript(
            "not understood",
            [.main("* OK ready\r\n"), .main("a1 BAD what?\r\n")],
            [login, logout, .down(.refused, "a1 BAD what?")]
        ),
        TextScript(
            "leaving",
            [.main("* OK ready\r\n"), .main("* BYE down\r\n")],
            [login, .down(.refused, "* BYE down")]
        ),
        TextScript(
            "in the clear not allowed",
            [.main("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready\r\n")],
            [.down(.authentication, "the server allows no LOGIN on this connection (LOGINDISABLED)")]
        ),
        TextScript(
            "closed",
            [.main("* OK ready\r\n"), .main("* x\r\n"), .ended],
            [login, .down(.closed, "the connection was closed before the answer to LOGIN")]
        ),
        TextScript(
            "asked to go on with nothing left",
            [.main("* OK ready\r\n"), .main("+ more\r\n")],
            [login, .down(.malformed, "the answer is not IMAP: + more")]
        ),
    ]

    @Test(arguments: logins)
    func withALogin(script: TextScript) {
        script.check(
            IMAPDialogue(Credentials(login: "jack", password: "se \"cr\\et"), target: TextScript.server, security: nil)
        )
    }

    @Test
    func whatIsNotASCIIIsCounted() {
        let script = TextScript(
            "",
            [.main("* OK\r\n"), .main("+ go\r\n"), .main("+\r\n"), .main("a1 OK in\r\n")],
            [
                .send("a1 LOGIN {6}"), .send("jürg  {3}"), .send("é!"), Self.logout,
                .up("a1 OK in"),
            ]
        )
        script.check(
            IMAPDialogue(Credentials(login: "jürg\r\n ", password: "é!"), target: TextScript.server, security: nil)
        )
    }
}
