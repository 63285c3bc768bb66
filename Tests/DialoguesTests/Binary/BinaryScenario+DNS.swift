import Configuration
import Dialogues

extension BinaryScenario {
    private static func machine(
        _ name: String = "www.test",
        _ transport: Negotiation.DNSTransport = .udp,
        pattern: String? = nil
    ) -> DNSDialogue {
        DNSDialogue(
            name: name,
            transport: transport,
            pattern: pattern.map { ContentPattern($0) },
            target: server,
            nonce: nonce
        )
    }

    private static let question = octets("03 \"www\" 04 \"test\" 00 0001 0001 ; the addresses of www.test")
    private static let query = octets("0e0f 0100 0001 0000 0000 0000 ; number, recursion, one question") + question
    private static let wait = DialogueAction.wait(.seconds(2))

    /// Two addresses of an alias, with names that point back.
    private static let answer =
        octets("0e0f 8180 0001 0003 0000 0000 ; number, success, one question, three answers") + question
        + octets(
            """
            c00c 0005 0001 00000e10 0004 01 "a" c010    ; www.test is an alias of a.test
            c026 0001 0001 00000e10 0004 0a000050       ; a.test has 10.0.0.80
            c026 0001 0001 00000e10 0004 0a000051       ; and 10.0.0.81
            """
        )

    private static func asked(
        _ name: String,
        pattern: String? = nil,
        _ answer: [UInt8],
        _ end: [DialogueAction]
    ) -> BinaryScenario {
        BinaryScenario(
            "DNS: \(name)",
            machine(pattern: pattern),
            [.connected, .datagram(answer)],
            [open(.udp), .send(query), wait] + end
        )
    }

    /// What says no good of the server: it is told when a second query gives no better.
    private static func doubted(
        _ name: String,
        pattern: String? = nil,
        _ answer: [UInt8],
        _ end: DialogueAction
    ) -> BinaryScenario {
        BinaryScenario(
            "DNS: \(name)",
            machine(pattern: pattern),
            [.connected, .datagram(answer), .timer, .datagram(answer), .timer],
            [open(.udp), .send(query), wait, .keepWaiting, .send(second + question), wait, .keepWaiting, end]
        )
    }

    /// The second query has another number.
    private static let second = octets("0c0d 0100 0001 0000 0000 0000")

    private static func header(_ flags: String, questions: String = "0001", answers: String = "0000") -> [UInt8] {
        octets("0e0f \(flags) \(questions) \(answers) 0000 0000")
    }

    static let dns: [BinaryScenario] = [
        asked("an alias with two addresses", answer, [up("address 10.0.0.80")]),
        asked("the second address matches", pattern: "81$", answer, [up("address 10.0.0.81")]),
        doubted(
            "no address matches",
            pattern: "^192",
            answer,
            down(.mismatch, "the address 10.0.0.80 and 1 more does not match ^192")
        ),
        doubted(
            "no such name",
            header("8183") + question,
            down(.status(3), "the server says that there is no such name (NXDOMAIN)")
        ),
        doubted(
            "a failure without the question",
            header("8182", questions: "0000"),
            down(.status(2), "the server failed (SERVFAIL)")
        ),
        doubted(
            "a refusal",
            header("8185") + question,
            down(.status(5), "the server refused to answer (REFUSED)")
        ),
        doubted(
            "a name without addresses",
            header("8180") + question,
            down(.mismatch, "the server knows no A record of www.test")
        ),
        doubted(
            "an address of another name",
            header("8180", answers: "0001") + question
                + octets("05 \"other\" c010 0001 0001 00000e10 0004 0a000050"),
            down(.mismatch, "the server knows no A record of www.test")
        ),
        doubted(
            "an alias of itself",
            header("8180", answers: "0001") + question + octets("c00c 0005 0001 00000e10 0002 c00c"),
            down(.mismatch, "the server knows no A record of www.test")
        ),
        doubted(
            "a name that points to itself",
            header("8180", answers: "0001") + question + octets("c01a 0001 0001 00000e10 0004 0a000050"),
            down(.malformed, "the answer to the query is damaged")
        ),
        doubted(
            "fewer answers than announced",
            header("8180", answers: "0002") + question + octets("c00c 0001 0001 00000e10 0004 0a000050"),
            down(.malformed, "the answer to the query is damaged")
        ),
        doubted(
            "an address of three bytes",
            header("8180", answers: "0001") + question + octets("c00c 0001 0001 00000e10 0003 0a0000"),
            down(.malformed, "the answer to the query is damaged")
        ),
        BinaryScenario(
            "DNS: a forged answer before the server's",
            machine(),
            [
                .connected, .datagram(header("8183") + question), .datagram(header("8182", questions: "0000")),
                .datagram(answer),
            ],
            [open(.udp), .send(query), wait, .keepWaiting, .keepWaiting, up("address 10.0.0.80")]
        ),
        BinaryScenario(
            "DNS: a forged answer, and the server's to the second query",
            machine(),
            [
                .connected, .datagram(header("8183") + question), .timer,
                .datagram(octets("0c0d") + answer.dropFirst(2)),
            ],
            [open(.udp), .send(query), wait, .keepWaiting, .send(second + question), wait, up("address 10.0.0.80")]
        ),
        BinaryScenario(
            "DNS: lost datagrams, and answers to others",
            machine("WWW.test."),
            [
                .connected, .timer, .timer, .datagram([]), .datagram(octets("0e0e 8183 0000 0000 0000 0000")),
                .datagram(query), .datagram(answer),
            ],
            {
                let asking = ["0e0f", "0c0d", "0a0b"].flatMap { number in
                    let head = octets("\(number) 0100 0001 0000 0000 0000 03 \"WWW\" 04 \"test\" 00 0001 0001")
                    return [DialogueAction.send(head), wait]
                }
                return [open(.udp)] + asking + [.keepWaiting, .keepWaiting, .keepWaiting, up("address 10.0.0.80")]
            }()
        ),
        BinaryScenario(
            "DNS: an answer that is too long for a datagram",
            machine(),
            [
                .connected, .datagram(header("8380") + question), .connected,
                .stream(octets("004a") + answer),
            ],
            [
                open(.udp), .send(query), wait, open(.tcp), .send(octets("001a") + second + question),
                up("address 10.0.0.80"),
            ]
        ),
        BinaryScenario(
            "DNS: TCP",
            machine("www.test", .tcp, pattern: "80"),
            [.connected, .stream(octets("004a") + answer)],
            [open(.tcp), .send(octets("001a") + query), up("address 10.0.0.80")]
        ),
        BinaryScenario(
            "DNS: a foreign answer over TCP",
            machine("www.test", .tcp),
            [.connected, .stream(octets("001a") + query)],
            [
                open(.tcp), .send(octets("001a") + query),
                down(.malformed, "the answer is not to the query"),
            ]
        ),
        BinaryScenario(
            "DNS: the name of an IPv4 address",
            machine("10.1.2.3", pattern: "^host\\.test$"),
            [
                .connected,
                .datagram(
                    octets("0e0f 8580 0001 0001 0000 0000")
                        + octets("01 \"3\" 01 \"2\" 01 \"1\" 02 \"10\" 07 \"in-addr\" 04 \"arpa\" 00 000c 0001")
                        + octets("c00c 000c 0001 00000e10 000b 04 \"host\" 04 \"test\" 00")
                ),
            ],
            [
                open(.udp),
                .send(
                    octets("0e0f 0100 0001 0000 0000 0000")
                        + octets("01 \"3\" 01 \"2\" 01 \"1\" 02 \"10\" 07 \"in-addr\" 04 \"arpa\" 00 000c 0001")
                ),
                wait, up("name host.test"),
            ]
        ),
        BinaryScenario(
            "DNS: the name of an IPv6 address",
            machine("2001:db8::1f"),
            [.connected],
            [
                open(.udp),
                .send(
                    octets("0e0f 0100 0001 0000 0000 0000")
                        + ("f1" + String(repeating: "0", count: 22) + "8bd01002").flatMap {
                            [1] + Array(String($0).utf8)
                        }
                        + octets("03 \"ip6\" 04 \"arpa\" 00 000c 0001")
                ),
                wait,
            ]
        ),
        BinaryScenario(
            "DNS: a name that is none",
            machine("a..b"),
            [],
            [.finish(.down, .director(.malformed), text: "a..b is no name that can be asked for")]
        ),
    ]
}
