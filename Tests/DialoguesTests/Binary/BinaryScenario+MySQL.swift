import Configuration
import Dialogues

extension BinaryScenario {
    private static func machine(
        password: String = "secret",
        database: String = "",
        query: String? = nil,
        security: TLSSettings? = nil
    ) -> MySQLDialogue {
        MySQLDialogue(
            DatabaseQuestion(
                credentials: Credentials(login: "check", password: password),
                database: database,
                query: query,
                target: server,
                security: security
            )
        )
    }

    /// A packet of that number.
    static func packet(_ number: UInt8, _ script: String) -> [UInt8] {
        let payload = octets(script)
        return [UInt8(payload.count), 0, 0, number] + payload
    }

    static func mySQLGreeting(
        method: String = "mysql_native_password",
        low: String = "09aa",
        high: String = "0800"
    ) -> [UInt8] {
        packet(
            0,
            """
            0a                          ; version of the handshake
            "8.0.36" 00                 ; version of the server
            2a000000                    ; number of the connection
            0102030405060708 00         ; the challenge begins
            \(low)                      ; capabilities
            ff 0200                     ; character set, status
            \(high)                     ; capabilities
            15 00000000000000000000     ; length of the challenge, reserved
            090a0b0c0d0e0f1011121314 00 ; the challenge ends
            "\(method)" 00              ; the way of authentication
            """
        )
    }

    private static func login(
        _ number: UInt8 = 1,
        capabilities: String = "01a20800",
        answer: String = "14 b32bb3a583e1340c0a1108d58b1be49781ad8c2f",
        database: String = "",
        method: String = "mysql_native_password"
    ) -> DialogueAction {
        .send(
            packet(
                number,
                """
                \(capabilities) 00000001 2d     ; capabilities, longest packet, character set
                0000000000000000000000000000000000000000000000
                "check" 00                      ; the user
                \(answer)                       ; length and answer to the challenge
                \(database)                     ; the database
                "\(method)" 00                  ; the way of authentication
                """
            )
        )
    }

    static let mySQLKeyRequest = packet(3, "02 ; asks for the key")
    private static let cachingAnswer = "20 746ebe205d56a0707acb3e796e834e0dd7b1d61743b26bd5202c7a623230c7c9"
    private static let ok = "00 00 00 0200 0000 ; success"
    private static let quit = DialogueAction.send(packet(0, "01 ; quit"))
    private static let query = DialogueAction.send(packet(0, "03 \"SELECT 1\" ; a query"))
    private static let column = "03 \"def\" 00 00 00 01 \"1\" 00 0c 3f00 01000000 08 8100 00 0000 ; a column"
    private static let columnsEnd = "fe 0000 0200 ; the end, no warnings"

    private static func greeted(_ name: String, _ greeting: [UInt8], _ end: DialogueAction) -> BinaryScenario {
        BinaryScenario("MySQL: \(name)", machine(), [.connected, .stream(greeting)], [open(), end])
    }

    private static func loggedIn(_ name: String, _ answer: [UInt8], _ end: [DialogueAction]) -> BinaryScenario {
        BinaryScenario(
            "MySQL: \(name)",
            machine(),
            [.connected, .stream(mySQLGreeting()), .stream(answer)],
            [open(), login()] + end
        )
    }

    private static func queried(
        _ name: String,
        endsAreOK: Bool = false,
        _ answer: [[UInt8]],
        _ end: [DialogueAction]
    ) -> BinaryScenario {
        BinaryScenario(
            "MySQL: \(name)",
            machine(query: "SELECT 1"),
            [
                .connected, .stream(mySQLGreeting(high: endsAreOK ? "0801" : "0800")), .stream(packet(2, ok)),
                .stream(Array(answer.joined())),
            ],
            [open(), login(capabilities: endsAreOK ? "01a20801" : "01a20800"), query] + end
        )
    }

    static let mySQL: [BinaryScenario] = [
        loggedIn("a login", packet(2, ok), [quit, up("logged in to 8.0.36")]),
        loggedIn(
            "a wrong password",
            packet(2, "ff 1504 \"#28000\" \"Access denied\" ; 1045"),
            [down(.authentication, "the login failed: error 1045: Access denied")]
        ),
        loggedIn(
            "an unknown database",
            packet(2, "ff 1904 \"#42000\" \"Unknown database\" ; 1049"),
            [down(.status(1049), "the login failed: error 1049: Unknown database")]
        ),
        loggedIn(
            "another challenge for the same way",
            packet(2, "fe \"mysql_native_password\" 00 \"ABCDEFGHIJKLMNOPQRST\" 00 ; other challenge")
                + packet(4, ok),
            [
                .send(packet(3, "28441590674285e7d03cae7af237504797f70e91")), quit, up("logged in to 8.0.36"),
            ]
        ),
        loggedIn(
            "the way of authentication changed twice",
            packet(2, "fe \"mysql_native_password\" 00 \"ABCDEFGHIJKLMNOPQRST\" 00")
                + packet(4, "fe \"mysql_native_password\" 00 \"ABCDEFGHIJKLMNOPQRST\" 00"),
            [
                .send(packet(3, "28441590674285e7d03cae7af237504797f70e91")),
                down(.malformed, "the server changes the way of authentication twice"),
            ]
        ),
        loggedIn(
            "a way of authentication that is not known",
            packet(2, "fe \"client_ed25519\" 00 \"ABCDEFGHIJKLMNOPQRSTABCDEFGHIJKL\""),
            [down(.authentication, "the server wants client_ed25519, which is not known here")]
        ),
        loggedIn(
            "the old password",
            packet(2, "fe"),
            [down(.authentication, "the server wants mysql_old_password, which is not known here")]
        ),
        greeted(
            "too many connections",
            packet(0, "ff 1004 \"Too many connections\" ; 1040, without a state"),
            down(.status(1040), "the server refuses the connection: error 1040: Too many connections")
        ),
        greeted(
            "an old server",
            mySQLGreeting(low: "0900"),
            down(.malformed, "the server is older than MySQL 4.1")
        ),
        greeted("another version", packet(0, "09 \"3.21\" 00"), down(.malformed, "the greeting is not one of MySQL")),
        greeted(
            "another protocol",
            octets(of: "HTTP/1.1 400 Bad Request\r\n"),
            down(.limit, "a message of 5526600 bytes is longer than the 65536 that are read")
        ),
        BinaryScenario(
            "MySQL: no password, and a database",
            machine(password: "", database: "shop"),
            [.connected, .stream(mySQLGreeting()), .stream(packet(2, ok))],
            [
                open(), login(capabilities: "09a20800", answer: "00", database: "\"shop\" 00"), quit,
                up("logged in to 8.0.36"),
            ]
        ),
        BinaryScenario(
            "MySQL: a way of greeting that is not known",
            machine(),
            [.connected, .stream(mySQLGreeting(method: "auth_gssapi_client")), .stream(packet(2, ok))],
            [open(), login(), quit, up("logged in to 8.0.36")]
        ),
        BinaryScenario(
            "MySQL: a remembered password",
            machine(),
            [
                .connected, .stream(mySQLGreeting(method: "caching_sha2_password")),
                .stream(packet(2, "01 03 ; let in") + packet(3, ok)),
            ],
            [
                open(), login(answer: cachingAnswer, method: "caching_sha2_password"), quit,
                up("logged in to 8.0.36"),
            ]
        ),
        BinaryScenario(
            "MySQL: the whole password over TLS",
            machine(security: TLSSettings()),
            [
                .connected, .stream(mySQLGreeting(method: "caching_sha2_password")), .connected,
                .stream(packet(3, "01 04 ; the password is wanted")), .stream(packet(5, ok)),
            ],
            [
                open(),
                .send(packet(1, "01aa0800 00000001 2d 0000000000000000000000000000000000000000000000 ; TLS is wanted")),
                .startTLS(TLSSettings()),
                login(2, capabilities: "01aa0800", answer: cachingAnswer, method: "caching_sha2_password"),
                .send(packet(4, "\"secret\" 00")), quit, up("logged in to 8.0.36"),
            ]
        ),
        BinaryScenario(
            "MySQL: the whole password wanted twice",
            machine(security: TLSSettings()),
            [
                .connected, .stream(mySQLGreeting(method: "caching_sha2_password")), .connected,
                .stream(packet(3, "01 04 ; the password is wanted")), .stream(packet(5, "01 04 ; and again")),
            ],
            [
                open(),
                .send(packet(1, "01aa0800 00000001 2d 0000000000000000000000000000000000000000000000 ; TLS is wanted")),
                .startTLS(TLSSettings()),
                login(2, capabilities: "01aa0800", answer: cachingAnswer, method: "caching_sha2_password"),
                .send(packet(4, "\"secret\" 00")), down(.malformed, "the server wants the password twice"),
            ]
        ),
        BinaryScenario(
            "MySQL: a key that is none",
            machine(),
            [
                .connected, .stream(mySQLGreeting(method: "caching_sha2_password")), .stream(packet(2, "01 04")),
                .stream(packet(4, "01 \"no key\"")),
            ],
            [
                open(), login(answer: cachingAnswer, method: "caching_sha2_password"), .send(mySQLKeyRequest),
                down(.malformed, "the key of the server cannot be used"),
            ]
        ),
        BinaryScenario(
            "MySQL: no TLS where it is wanted",
            machine(security: TLSSettings()),
            [.connected, .stream(mySQLGreeting(low: "09a2"))],
            [open(), .finish(.down, .security(.handshake), text: "the server does not offer TLS")]
        ),
        queried(
            "a row after the end of columns",
            [packet(1, "01"), packet(2, column), packet(3, columnsEnd), packet(4, "01 \"1\" ; a row")],
            [quit, up("a row from 8.0.36")]
        ),
        queried(
            "a row right after the columns",
            endsAreOK: true,
            [packet(1, "02"), packet(2, column), packet(3, column), packet(4, "00 00 ; a row of empty columns")],
            [quit, up("a row from 8.0.36")]
        ),
        queried(
            "the beginning of a row of 16 MiB",
            [packet(1, "01"), packet(2, column), packet(3, columnsEnd), octets("ffffff 04 fe ffffff00")],
            [quit, up("a row from 8.0.36")]
        ),
        queried(
            "no row",
            [packet(1, "01"), packet(2, column), packet(3, columnsEnd), packet(4, columnsEnd)],
            [down(.mismatch, "the query gives no row")]
        ),
        queried(
            "no row, and a new kind of end",
            endsAreOK: true,
            [packet(1, "01"), packet(2, column), packet(3, "fe 00 00 0200 0000")],
            [down(.mismatch, "the query gives no row")]
        ),
        queried(
            "a failure instead of rows",
            [
                packet(1, "01"), packet(2, column), packet(3, columnsEnd),
                packet(4, "ff 2505 \"#70100\" \"interrupted\""),
            ],
            [down(.status(1317), "the query failed: error 1317: interrupted")]
        ),
        queried(
            "a table that is missing",
            [packet(1, "ff 7a04 \"#42S02\" \"Table 'x' doesn't exist\" ; 1146")],
            [down(.status(1146), "the query failed: error 1146: Table 'x' doesn't exist")]
        ),
        queried(
            "a query that gives no rows",
            [packet(1, ok)],
            [down(.mismatch, "the query is none that gives rows")]
        ),
        queried(
            "a wish for a file",
            [packet(1, "fb \"/etc/passwd\"")],
            [down(.mismatch, "the query wants a file of the client")]
        ),
    ]
}
