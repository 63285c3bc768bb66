import Addresses
import Configuration
import Dialogues
import Testing

struct TextFTPDialogueTests {
    static let credentials = Credentials(login: "anonymous", password: "ldirectord@host")
    static let user = DialogueAction.send("USER anonymous")
    static let pass = DialogueAction.send("PASS ldirectord@host")
    static let quit = DialogueAction.send("QUIT")
    static let greeted: [TextScript.Event] = [
        .main("220-hello\r\n anything\r\n220 vsFTPd\r\n"), .main("331 word?\r\n"),
    ]

    @Test(arguments: [
        TextScript("login", greeted + [.main("230 in\r\n")], [user, pass, quit, .up("230 in")]),
        TextScript(
            "without a password",
            [.main("120 soon\r\n220\r\n"), .main("230 in\r\n")],
            [user, quit, .up("230 in")]
        ),
        TextScript(
            "refused",
            greeted + [.main("530 Login incorrect.\r\n")],
            [user, pass, quit, .down(.authentication, "530 Login incorrect.")]
        ),
        TextScript(
            "an account",
            greeted + [.main("332 which?\r\n")],
            [user, pass, quit, .down(.authentication, "an account is asked for: 332 which?")]
        ),
        TextScript("full", [.main("421 too many\r\n"), .ended], [.down(.status(421), "421 too many")]),
        TextScript("not ready", [.main("500 no\r\n")], [.down(.status(500), "500 no")]),
        TextScript(
            "closed",
            greeted + [.ended],
            [user, pass, .down(.closed, "the connection was closed before the answer to PASS")]
        ),
    ])
    func loginAlone(script: TextScript) {
        script.check(
            FTPDialogue(Self.credentials, file: nil, pattern: nil, target: TextScript.server, security: nil)
        )
    }

    static let data = DialogueAction.open(
        .data,
        Endpoint(address: TextScript.server.address, port: 6446),
        .tcp,
        security: nil
    )
    static let retrieving: [TextScript.Event] =
        greeted + [
            .main("230-in\r\n230 now\r\n"), .main("200 binary\r\n"), .main("229 Extended (|||6446|)\r\n"),
            .dataConnected,
        ]
    static let asked: [DialogueAction] = [
        user, pass, .send("TYPE I"), .send("EPSV"), data, .send("RETR /dir/file"),
    ]

    static let retrievals: [TextScript] = [
        TextScript(
            "whole",
            retrieving + [.main("150 here\r\n"), .data("all is"), .data(" well\n"), .dataEnded, .main("226 sent\r\n")],
            asked + [quit, .up("226 sent")]
        ),
        TextScript(
            "told before the file has come",
            retrieving + [.main("150 here\r\n226 sent\r\n"), .data("all is well"), .dataEnded],
            asked + [quit, .up("226 sent")]
        ),
        TextScript(
            "no match",
            retrieving + [.main("150 here\r\n"), .data("all is ill"), .dataEnded, .main("226 sent\r\n")],
            asked + [.down(.mismatch, "226 sent, but the file does not match")]
        ),
        TextScript(
            "an empty file",
            retrieving + [.dataEnded, .main("150 here\r\n"), .main("226 sent\r\n")],
            asked + [.down(.mismatch, "226 sent, but the file does not match")]
        ),
        TextScript(
            "broken off",
            retrieving + [.main("150 here\r\n"), .data("all is well"), .dataEnded, .main("426 disk\r\n")],
            asked + [.down(.status(426), "426 disk")]
        ),
        TextScript(
            "missing",
            retrieving + [.main("550 no such file\r\n"), .dataEnded],
            asked + [.down(.status(550), "550 no such file")]
        ),
        TextScript(
            "closed",
            retrieving + [.main("150 here\r\n"), .data("all is well"), .ended],
            asked + [.down(.closed, "the connection was closed before the end of the transfer was told")]
        ),
        TextScript(
            "by PASV, at the server's own address",
            greeted + [
                .main("230 in\r\n"), .main("200 I\r\n"), .main("500 EPSV?\r\n"),
                .main("227 Entering Passive Mode (192,168,1,2,25,46).\r\n"), .dataConnected, .data("all is well"),
                .main("150\r\n"), .main("226\r\n"), .dataEnded,
            ],
            asked.dropLast(2) + [.send("PASV"), data, .send("RETR /dir/file"), quit, .up("226")]
        ),
    ]

    @Test(arguments: retrievals)
    func retrieval(script: TextScript) {
        script.check(
            FTPDialogue(
                Self.credentials,
                file: "/dir/file",
                pattern: ContentPattern("all is w.ll"),
                target: TextScript.server,
                security: nil
            )
        )
    }

    @Test(arguments: [
        "229 (|||0|)", "229 (|||65536|)", "229 (||6446|)", "229 (|||6446)", "229 |||6446|", "229 (|||6446!)", "229 (",
        "229",
        "229 (|||-1|)",
    ])
    func anAnswerWithoutAPort(line: String) {
        let text = "the answer names no port: \(line)"
        let machine = FTPDialogue(Self.credentials, file: "x", pattern: nil, target: TextScript.server, security: nil)
        let events = [.connected] + Self.retrieving.dropLast(2) + [.main("\(line)\r\n")]
        #expect(TextScript.run(machine, Array(events)).last == .down(.malformed, text))
    }

    @Test(
        arguments: [
            ("227 =127,0,0,1,1,2", 258), ("227 Entering (1,2,3,4,255,255)", 65535), ("227 1,2,3,4,0,21", 21),
            ("227 (1,2,3,4,5)", nil),
            ("227 (1,2,3,4,256,1)", nil), ("227 (1,2,3,4,5,)", nil), ("227 ,,,,,", nil), ("227 no", nil),
            ("227 (1,2,3,4,0,0)", nil),
        ] as [(String, UInt16?)]
    )
    func passivePorts(line: String, port: UInt16?) {
        let machine = FTPDialogue(Self.credentials, file: "x", pattern: nil, target: TextScript.server, security: nil)
        let events = [.connected] + Self.retrieving.dropLast(2) + [.main("502 no\r\n"), .main("\(line)\r\n")]
        let last = TextScript.run(machine, Array(events)).last
        if let port {
            let endpoint = Endpoint(address: TextScript.server.address, port: port)
            #expect(last == .open(.data, endpoint, .tcp, security: nil))
        } else {
            #expect(last == .down(.malformed, "the answer names no port: \(line)"))
        }
    }

    @Test
    func overIPv6ThereIsNoPASV() {
        let machine = FTPDialogue(Self.credentials, file: "x", pattern: nil, target: TextScript.server6, security: nil)
        let events = [.connected] + Self.retrieving.dropLast(2) + [.main("502 no\r\n")]
        #expect(TextScript.run(machine, Array(events)).last == .down(.status(502), "EPSV is refused: 502 no"))
    }

    @Test
    func aFileIsReadToABound() {
        let events = [.connected] + Self.retrieving + [.main("150 here\r\n")]
        let chunk = TextScript.Event.data(String(repeating: "x", count: 65_536))
        let fitting = Array(repeating: chunk, count: FTPDialogue.fileLimit / 65_536)
        let machine = FTPDialogue(Self.credentials, file: "x", pattern: nil, target: TextScript.server, security: nil)
        #expect(TextScript.run(machine, events + fitting.dropLast()).last == .send("RETR x"))
        #expect(TextScript.run(machine, events + fitting + [chunk]).last == .up("the first 1048576 bytes of the file"))
        let searching = FTPDialogue(
            Self.credentials,
            file: "x",
            pattern: ContentPattern("y"),
            target: TextScript.server,
            security: nil
        )
        #expect(
            TextScript.run(searching, events + fitting).last
                == .down(.mismatch, "the first 1048576 bytes of the file, but the file does not match")
        )
    }

    @Test
    func aPatternNeedsAFileAndMustBeOne() {
        let login = FTPDialogue(
            Self.credentials,
            file: nil,
            pattern: ContentPattern("y"),
            target: TextScript.server,
            security: nil
        )
        #expect(
            TextScript.run(login, [.connected] + Self.greeted + [.main("230 in\r\n")]).last
                == .down(.mismatch, "230 in, but no file is named that could match")
        )
        let broken = FTPDialogue(
            Self.credentials,
            file: "x",
            pattern: ContentPattern("(y"),
            target: TextScript.server,
            security: nil
        )
        guard case .finish(.down, .director(.malformed), let text) = TextScript.run(broken, []).first else {
            Issue.record("no verdict")
            return
        }
        #expect(text.hasPrefix("the pattern is malformed: "))
    }
}
