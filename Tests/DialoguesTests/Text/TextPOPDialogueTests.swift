import Addresses
import Configuration
import Dialogues
import Testing

struct TextPOPDialogueTests {
    static let quit = DialogueAction.send("QUIT")
    static let user = DialogueAction.send("USER jack")
    static let pass = DialogueAction.send("PASS se cret")

    @Test(arguments: [
        TextScript("greeting", [.main("+OK ready\r\n")], [quit, .up("+OK ready")]),
        TextScript("greeting without text", [.main("+OK\n")], [quit, .up("+OK")]),
        TextScript("refused", [.main("-ERR busy\r\n")], [.down(.refused, "-ERR busy")]),
        TextScript("closed", [.ended], [.down(.closed, "the connection was closed before the greeting")]),
        TextScript(
            "half a greeting",
            [.main("+OK re"), .ended],
            [.down(.closed, "the connection was closed before the greeting")]
        ),
    ])
    func withoutALogin(script: TextScript) {
        script.check(Negotiation(.pop(nil)).machine(for: TextScript.server, nonce: .zero))
    }

    static let logins: [TextScript] = [
        TextScript(
            "by name and password",
            [.main("+OK ready\r\n"), .main("+OK\r\n"), .main("+OK 3 messages\r\n")],
            [user, pass, quit, .up("+OK 3 messages")]
        ),
        TextScript(
            "a wrong password",
            [.main("+OK ready\r\n"), .main("+OK\r\n"), .main("-ERR [AUTH] failed\r\n")],
            [user, pass, quit, .down(.authentication, "-ERR [AUTH] failed")]
        ),
        TextScript(
            "an unknown name",
            [.main("+OK ready\r\n"), .main("-ERR who?\r\n")],
            [user, quit, .down(.authentication, "-ERR who?")]
        ),
        TextScript(
            "a mailbox in use",
            [.main("+OK ready\r\n"), .main("+OK\r\n"), .main("-ERR [IN-USE] locked\r\n")],
            [user, pass, quit, .down(.refused, "-ERR [IN-USE] locked")]
        ),
        TextScript(
            "by APOP",
            [.main("+OK ready <1896.697170952@mx>\r\n"), .main("+OK in\r\n")],
            [.send("APOP jack b4bd0beb00368be12f79254fdc3303e2"), quit, .up("+OK in")]
        ),
        TextScript(
            "by password where APOP is refused",
            [.main("+OK <1@mx>\r\n"), .main("-ERR unknown\r\n"), .main("+OK\r\n"), .main("+OK in\r\n")],
            [.send("APOP jack d65e7f0f005cede0865621c8061b2105"), user, pass, quit, .up("+OK in")]
        ),
        TextScript(
            "brackets that are no stamp",
            [.main("+OK <a b> >x<\r\n"), .ended],
            [user, .down(.closed, "the connection was closed before the answer to USER")]
        ),
    ]

    @Test(arguments: logins)
    func withALogin(script: TextScript) {
        script.check(
            POPDialogue(Credentials(login: "jack", password: "se cret"), target: TextScript.server, security: nil)
        )
    }

    @Test
    func theStampIsThatOfTheStandard() {
        let machine = POPDialogue(
            Credentials(login: "mrose", password: "tanstaaf"),
            target: TextScript.server,
            security: nil
        )
        let actions = TextScript.run(
            machine,
            [.connected, .main("+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n")]
        )
        #expect(actions.last == .send("APOP mrose c4c9334bac560ecc979e58001b3e22fb"))
    }

    @Test
    func credentialsStayWithinTheirLine() {
        let machine = POPDialogue(
            Credentials(login: "a\r\nDELE 1", password: "b\nDELE 2\0"),
            target: TextScript.server,
            security: nil
        )
        let actions = TextScript.run(machine, [.connected, .main("+OK\r\n"), .main("+OK\r\n")])
        #expect(actions.dropFirst() == [.send("USER aDELE 1"), .send("PASS bDELE 2")])
    }
}
