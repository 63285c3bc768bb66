import Configuration
import Dialogues

extension BinaryScenario {
    private static func machine(
        database: String = "",
        query: String? = nil,
        security: TLSSettings? = nil
    ) -> PostgreSQLDialogue {
        PostgreSQLDialogue(
            DatabaseQuestion(
                credentials: credentials,
                database: database,
                query: query,
                target: server,
                security: security
            ),
            nonce: nonce
        )
    }

    private static func message(_ kind: Unicode.Scalar, _ script: String = "") -> [UInt8] {
        let contents = octets(script)
        return [UInt8(ascii: kind), 0, 0, 0, UInt8(contents.count + 4)] + contents
    }

    private static let startup = DialogueAction.send(
        octets(
            """
            00000044 00030000                   ; 68 bytes, version 3.0
            "user" 00 "check" 00
            "application_name" 00 "directrix" 00
            "client_encoding" 00 "UTF8" 00
            00                                  ; no more
            """
        )
    )
    private static let accepted = message("R", "00000000 ; accepted")
    private static let ready =
        message("S", "\"server_version\" 00 \"15.6\" 00") + message("K", "0000002a 01020304 ; for a cancellation")
        + message("Z", "\"I\" ; idle")
    private static let terminate = DialogueAction.send(message("X"))
    private static let query = DialogueAction.send(message("Q", "\"SELECT 1\" 00"))
    private static let description = message("T", "0001 \"one\" 00 00000000 0000 00000017 0004 ffffffff 0000")
    private static let refusal = message("E", "\"SFATAL\" 00 \"C28P01\" 00 \"Mno such user\" 00 00")

    private static func wanted(_ name: String, _ answer: [UInt8], _ end: [DialogueAction]) -> BinaryScenario {
        BinaryScenario(
            "PostgreSQL: \(name)",
            machine(),
            [.connected, .stream(answer)],
            [open(), startup] + end
        )
    }

    private static func queried(_ name: String, _ answer: [UInt8], _ end: [DialogueAction]) -> BinaryScenario {
        BinaryScenario(
            "PostgreSQL: \(name)",
            machine(query: "SELECT 1"),
            [.connected, .stream(accepted + ready), .stream(answer)],
            [open(), startup, query] + end
        )
    }

    private static let scramWanted = message("R", "0000000a \"SCRAM-SHA-256-PLUS\" 00 \"SCRAM-SHA-256\" 00 00")
    private static let scramFirst = DialogueAction.send(
        message("p", "\"SCRAM-SHA-256\" 00 00000020 \"n,,n=,r=AAECAwQFBgcICQoLDA0ODw==\"")
    )
    private static let scramContinue = message("R", "0000000b \"r=AAECAwQFBgcICQoLDA0ODw==srv,s=c2FsdA==,i=4096\"")
    private static let scramFinal = DialogueAction.send(
        message(
            "p",
            "\"c=biws,r=AAECAwQFBgcICQoLDA0ODw==srv,p=YpM0AEbSN1o+ISarwzuX2/kA8O6M7THRpCc3coDgoEI=\""
        )
    )
    private static let scramProof = message("R", "0000000c \"v=6TxzR3xWj7gev/h2Gz1zPtAnGcYrsBQ+iBJp6t8Yze0=\"")

    static let postgreSQL: [BinaryScenario] = [
        wanted("no login wanted", accepted + ready, [terminate, up("logged in")]),
        wanted(
            "a password in the clear",
            message("R", "00000003") + accepted + ready,
            [.send(message("p", "\"secret\" 00")), terminate, up("logged in")]
        ),
        wanted(
            "a password in MD5",
            message("R", "00000005 01020304 ; with a salt") + accepted + ready,
            [
                .send(message("p", "\"md502cfab7b194fed7a6164b3e12511bd79\" 00")), terminate,
                up("logged in"),
            ]
        ),
        wanted(
            "SCRAM",
            scramWanted + scramContinue + scramProof + accepted + ready,
            [scramFirst, scramFinal, terminate, up("logged in")]
        ),
        wanted(
            "SCRAM, and a wrong password",
            scramWanted + scramContinue + refusal,
            [scramFirst, scramFinal, down(.authentication, "the login failed: FATAL: no such user (28P01)")]
        ),
        wanted(
            "SCRAM, and a server that does not know the password",
            scramWanted + scramContinue + message("R", "0000000c \"v=AAxzR3xWj7gev/h2Gz1zPtAnGcYrsBQ+iBJp6t8Yze0=\""),
            [
                scramFirst, scramFinal,
                down(.authentication, "the server does not prove that it knows the password"),
            ]
        ),
        wanted(
            "SCRAM, and a server that lets in without a proof",
            scramWanted + scramContinue + accepted,
            [
                scramFirst, scramFinal,
                down(.authentication, "the server does not prove that it knows the password"),
            ]
        ),
        wanted(
            "SCRAM, and SCRAM once more",
            scramWanted + scramContinue + scramProof + scramWanted,
            [scramFirst, scramFinal, down(.malformed, "the server's part of SCRAM is malformed")]
        ),
        wanted(
            "SCRAM, and a password in the clear",
            scramWanted + scramContinue + scramProof + message("R", "00000003"),
            [scramFirst, scramFinal, down(.malformed, "the server's part of SCRAM is malformed")]
        ),
        wanted(
            "SCRAM, and a refusal after the proof",
            scramWanted + scramContinue + scramProof + refusal,
            [scramFirst, scramFinal, down(.authentication, "the login failed: FATAL: no such user (28P01)")]
        ),
        wanted(
            "SCRAM, and a nonce that is not the client's",
            scramWanted + message("R", "0000000b \"r=BAECAwQFBgcICQoLDA0ODw==srv,s=c2FsdA==,i=4096\""),
            [scramFirst, down(.malformed, "the server's part of SCRAM is malformed")]
        ),
        wanted(
            "SCRAM, and endless work",
            scramWanted + message("R", "0000000b \"r=AAECAwQFBgcICQoLDA0ODw==srv,s=c2FsdA==,i=2000000000\""),
            [
                scramFirst,
                down(.limit, "the server wants 2000000000 rounds of SCRAM; 1 to 100000 are computed"),
            ]
        ),
        wanted(
            "another way of login",
            message("R", "00000007 ; GSSAPI"),
            [down(.authentication, "the server wants a login by GSSAPI, which is not known here")]
        ),
        wanted(
            "another mechanism",
            message("R", "0000000a \"OAUTHBEARER\" 00 00"),
            [down(.authentication, "the server wants a login by OAUTHBEARER, which is not known here")]
        ),
        wanted(
            "a server that starts",
            message("E", "\"SFATAL\" 00 \"VFATAL\" 00 \"C57P03\" 00 \"Mstarting up\" 00 00"),
            [down(.refused, "the login failed: FATAL: starting up (57P03)")]
        ),
        wanted(
            "another protocol",
            octets(of: "220 ready\r\n"),
            [down(.malformed, "the answer is not one of PostgreSQL")]
        ),
        wanted(
            "a message that is too long",
            octets("52 00020000"),
            [down(.limit, "a message of 131072 bytes is longer than the 65536 that are read")]
        ),
        wanted(
            "a message of no length",
            octets("52 00000003"),
            [down(.malformed, "a message of the server has an impossible length")]
        ),
        BinaryScenario(
            "PostgreSQL: TLS and a database",
            machine(database: "shop", security: TLSSettings()),
            [.connected, .stream(octets(of: "S")), .connected, .stream(accepted + ready)],
            [
                open(), .send(octets("00000008 04d2162f ; TLS is wanted")), .startTLS(TLSSettings()),
                .send(
                    octets("00000052 00030000 \"user\" 00 \"check\" 00 \"database\" 00 \"shop\" 00")
                        + octets("\"application_name\" 00 \"directrix\" 00 \"client_encoding\" 00 \"UTF8\" 00 00")
                ),
                terminate, up("logged in"),
            ]
        ),
        BinaryScenario(
            "PostgreSQL: no TLS",
            machine(security: TLSSettings()),
            [.connected, .stream(octets(of: "N"))],
            [
                open(), .send(octets("00000008 04d2162f")),
                .finish(.down, .security(.handshake), text: "the server does not offer TLS"),
            ]
        ),
        BinaryScenario(
            "PostgreSQL: a refusal instead of TLS",
            machine(security: TLSSettings()),
            [.connected, .stream(message("E", "\"SFATAL\" 00 \"C53300\" 00 \"Mtoo many clients\" 00 00"))],
            [
                open(), .send(octets("00000008 04d2162f")),
                down(.refused, "the login failed: FATAL: too many clients (53300)"),
            ]
        ),
        queried(
            "a row",
            description + message("D", "0001 00000001 \"1\""),
            [terminate, up("the query gives a row")]
        ),
        queried(
            "a notice, and the beginning of a row of 1 GiB",
            message("N", "\"SNOTICE\" 00 00") + description + octets("44 40000000 0001"),
            [terminate, up("the query gives a row")]
        ),
        queried(
            "no row",
            description + message("C", "\"SELECT 0\" 00") + message("Z", "\"I\""),
            [down(.mismatch, "the query gives no row")]
        ),
        queried(
            "a table that is missing",
            message("E", "\"SERROR\" 00 \"C42P01\" 00 \"Mrelation \" 22 \"x\" 22 \" does not exist\" 00 00"),
            [down(.refused, "the query failed: ERROR: relation \"x\" does not exist (42P01)")]
        ),
        queried(
            "a copy",
            message("H", "00 0000"),
            [down(.mismatch, "the query is a copy, which gives no row")]
        ),
    ]

    /// TLS that somebody between answers for; it must be one piece, so it stands apart.
    static let postgreSQLEarlyBytes = BinaryScenario(
        "PostgreSQL: bytes before TLS begins",
        machine(security: TLSSettings()),
        [.connected, .stream(octets(of: "S") + accepted)],
        [
            open(), .send(octets("00000008 04d2162f")),
            down(.malformed, "the server sends something before TLS begins"),
        ]
    )
}
