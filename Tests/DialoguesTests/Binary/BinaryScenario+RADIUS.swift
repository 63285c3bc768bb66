import Configuration
import Dialogues

extension BinaryScenario {
    /// The signatures of these datagrams were computed apart from this code, with the secret `testing123`.
    private static let request = octets(
        """
        01 0f 0050                              ; Access-Request, number 15, 80 bytes
        000102030405060708090a0b0c0d0e0f        ; the authenticator
        50 12 64181be877373fba10f931bbe7a2b7e5  ; Message-Authenticator
        01 07 "check"                           ; User-Name
        02 12 e58b6ab811897a1a104607240014828b  ; User-Password, hidden
        04 06 0a000002                          ; NAS-IP-Address
        20 0b "directrix"                       ; NAS-Identifier
        """
    )
    private static let machine = RADIUSDialogue(
        credentials: credentials,
        secret: "testing123",
        target: server,
        nonce: nonce
    )
    private static let asking: [DialogueAction] = [.send(request), .wait(.seconds(2))]

    private static func asked(_ name: String, _ answer: [UInt8], _ end: DialogueAction) -> BinaryScenario {
        BinaryScenario(
            "RADIUS: \(name)",
            machine,
            [.connected, .datagram(answer)],
            [open(.udp)] + asking + [end]
        )
    }

    static let radius: [BinaryScenario] = [
        asked(
            "accepted",
            octets("02 0f 0014 e486560c23c002eac121861f6c951898 ; Access-Accept, and its authenticator"),
            up("access accepted")
        ),
        asked(
            "accepted with a signature and a message",
            octets(
                """
                02 0f 002f 5462d731d5b761d4e822d745d7bb33c8 ; Access-Accept
                50 12 3e5069c6cee72f4d84678e1e42a148e0      ; Message-Authenticator
                12 09 "welcome"                             ; Reply-Message
                """
            ),
            up("access accepted: welcome")
        ),
        asked(
            "rejected",
            octets(
                """
                03 0f 0034 1aa9ff8bb2b888b980d35e517b81a447 ; Access-Reject
                50 12 373ec2d34c8e7fd8999cb1872005af4e      ; Message-Authenticator
                12 0e "no such user"                        ; Reply-Message
                """
            ),
            down(.authentication, "access rejected: no such user")
        ),
        asked(
            "a challenge",
            octets("0b 0f 0014 72788cdad24fa5996ea3f99c27da3748 ; Access-Challenge"),
            down(.status(11), "the server asks further questions")
        ),
        asked(
            "an answer to something else",
            octets("05 0f 0014 9e3a3918d86eba209b63975a479e307f ; Accounting-Response"),
            down(.malformed, "the answer has code 5, which answers no Access-Request")
        ),
        asked(
            "another secret, which decides nothing",
            octets("02 0f 0014 e486560c23c002eac121861f6c951899"),
            .keepWaiting
        ),
        asked(
            "a wrong Message-Authenticator under a right authenticator",
            octets("02 0f 0026 890f38fc6d9e11dffcd83cfa3edbffed 5012 01010101010101010101010101010101"),
            .keepWaiting
        ),
        BinaryScenario(
            "RADIUS: lost datagrams, and answers to others",
            machine,
            [
                .connected, .timer, .datagram([]), .datagram(octets("02 0e 0014 e486560c23c002eac121861f6c951898")),
                .timer, .datagram(octets("02 0f 0014 e486560c23c002eac121861f6c951898 00 ; with a byte of padding")),
            ],
            [open(.udp)] + asking + asking + [.keepWaiting, .keepWaiting] + asking + [up("access accepted")]
        ),
        BinaryScenario(
            "RADIUS: a password that is too long",
            RADIUSDialogue(
                credentials: Credentials(login: "check", password: String(repeating: "x", count: 129)),
                secret: "s",
                target: server,
                nonce: nonce
            ),
            [],
            [.finish(.down, .director(.malformed), text: "the password has more than 128 bytes")]
        ),
    ]
}
