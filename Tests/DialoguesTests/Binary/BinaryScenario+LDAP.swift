import Configuration
import Dialogues

extension BinaryScenario {
    private static func machine(
        base: String = "dc=test",
        _ credentials: Credentials? = nil,
        pattern: String? = nil,
        security: TLSSettings? = nil
    ) -> LDAPDialogue {
        LDAPDialogue(
            base: base,
            credentials: credentials,
            pattern: pattern.map { ContentPattern($0) },
            target: server,
            security: security
        )
    }

    private static let anonymousBind = DialogueAction.send(
        octets(
            """
            300c            ; a message of 12 bytes
            020101          ; number 1
            6007            ; a bind of 7 bytes
            020103          ; version 3
            0400            ; no name
            8000            ; no password
            """
        )
    )
    private static let search = DialogueAction.send(
        octets(
            """
            3031            ; a message of 49 bytes
            020102          ; number 2
            632c            ; a search of 44 bytes
            0407 "dc=test"  ; the base
            0a0100          ; the base alone
            0a0102          ; an alias is followed to find it
            020100          ; no limit of number
            020100          ; no limit of time
            010100          ; values too
            870b "objectClass" ; which is there
            3005 0403 "1.1" ; without attributes
            """
        )
    )
    private static let unbind = DialogueAction.send(octets("3005 020103 4200 ; number 3, an unbind"))
    private static let bound = octets("300c 020101 6107 0a0100 0400 0400 ; number 1, bound, success")
    private static let entry = octets("3010 020102 640b 0407 \"dc=test\" 3000 ; number 2, an entry without attributes")
    private static let done = octets("300c 020102 6507 0a0100 0400 0400 ; number 2, done, success")

    private static func searched(
        _ name: String,
        pattern: String? = nil,
        _ answers: [UInt8],
        _ end: [DialogueAction]
    ) -> BinaryScenario {
        BinaryScenario(
            "LDAP: \(name)",
            machine(pattern: pattern),
            [.connected, .stream(bound), .stream(answers)],
            [open(), anonymousBind, search] + end
        )
    }

    static let ldap: [BinaryScenario] = [
        searched("one entry", entry + done, [unbind, up("entry dc=test")]),
        searched("a pattern in the name", pattern: "^dc=t", entry + done, [unbind, up("entry dc=test")]),
        searched(
            "a pattern that is not there",
            pattern: "^dc=x",
            entry + done,
            [down(.mismatch, "the entry dc=test does not match ^dc=x")]
        ),
        searched("no entry", done, [down(.mismatch, "the search gives no entry")]),
        searched("two entries", entry + entry, [down(.mismatch, "the search gives more than one entry")]),
        searched(
            "a reference beside the entry",
            octets("300e 020102 7309 0407 \"ldap://\" ; a reference") + entry + done,
            [unbind, up("entry dc=test")]
        ),
        searched(
            "no such object",
            octets("3017 020102 6512 0a0120 0400 040b \"no such one\" ; done, 32 with a text"),
            [down(.status(32), "the search failed: noSuchObject (32): no such one")]
        ),
        searched(
            "lengths of five bytes, as Active Directory sends them",
            octets(
                """
                308400000019        ; a message of 25 bytes
                020102              ; number 2
                648400000010        ; an entry of 16 bytes
                0408 "dc=other"     ; its name
                308400000000        ; no attributes
                """
            ) + done,
            [unbind, up("entry dc=other")]
        ),
        searched(
            "the end of the session",
            octets("301a 020100 7815 0a0134 0400 0400 8a0c \"1.3.6.1.4.1.\" ; a notice, 52"),
            [down(.closed, "the server ends the session: unavailable (52)")]
        ),
        searched("an answer to another request", bound, [down(.malformed, "the server answers what it was not asked")]),
        searched(
            "an entry that is too long",
            octets("3083020000"),
            [down(.limit, "a message of 131072 bytes is longer than the 65536 that are read")]
        ),
        BinaryScenario(
            "LDAP: a bind with a password, over TLS",
            machine(base: "", credentials, security: TLSSettings()),
            [
                .connected, .stream(bound), .stream(octets("3009 020102 6404 0400 3000 ; the entry of the server")),
                .stream(done),
            ],
            [
                open(security: TLSSettings()),
                .send(octets("3017 020101 6012 020103 0405 \"check\" 8006 \"secret\" ; a bind")),
                .send(
                    octets(
                        "302a 020102 6325 0400 0a0100 0a0102 020100 020100 010100 870b \"objectClass\" 3005 0403 \"1.1\""
                    )
                ),
                unbind, up("entry "),
            ]
        ),
        BinaryScenario(
            "LDAP: a wrong password",
            machine(credentials),
            [.connected, .stream(octets("300c 020101 6107 0a0131 0400 0400 ; bound, 49"))],
            [
                open(), .send(octets("3017 020101 6012 020103 0405 \"check\" 8006 \"secret\"")),
                down(.authentication, "the bind failed: invalidCredentials (49)"),
            ]
        ),
        BinaryScenario(
            "LDAP: a name without a password binds as anybody",
            machine(Credentials(login: "check", password: "")),
            [.connected, .stream(octets("300c 020101 6107 0a010d 0400 0400 ; bound, 13"))],
            [open(), anonymousBind, down(.status(13), "the bind failed: confidentialityRequired (13)")]
        ),
        BinaryScenario(
            "LDAP: another protocol",
            machine(),
            [.connected, .stream(octets(of: "220 ready\r\n"))],
            [open(), anonymousBind, down(.malformed, "the answer is not LDAP")]
        ),
        BinaryScenario(
            "LDAP: silence, then the end",
            machine(),
            [.connected, .ended],
            [open(), anonymousBind, down(.closed, "the server closed the connection instead of answering the bind")]
        ),
        BinaryScenario(
            "LDAP: a pattern that is none",
            machine(pattern: "("),
            [],
            [
                .finish(
                    .down,
                    .director(.malformed),
                    text: "the pattern is invalid at byte 1: missing closing parenthesis"
                )
            ]
        ),
    ]
}
