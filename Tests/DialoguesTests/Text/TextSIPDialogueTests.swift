import Addresses
import Configuration
import Dialogues
import Testing

struct TextSIPDialogueTests {
    static let nonce = DialogueNonce(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)

    static func request(_ carrier: String) -> DialogueAction {
        .send(
            Array(
                """
                OPTIONS sip:ping@example.com SIP/2.0\r
                Via: SIP/2.0/\(carrier) 10.0.0.2:40000;branch=z9hG4bKfedcba98;rport\r
                Max-Forwards: 70\r
                To: <sip:ping@example.com>\r
                From: <sip:ping@example.com>;tag=76543210\r
                Call-ID: 0123456789abcdef\r
                CSeq: 1 OPTIONS\r
                Contact: <sip:ping@10.0.0.2:40000>\r
                Accept: application/sdp\r
                User-Agent: directrix\r
                Content-Length: 0\r
                \r\n
                """.utf8
            )
        )
    }

    static func answer(_ status: String, callID: String = "0123456789abcdef") -> String {
        "SIP/2.0 \(status)\r\nCall-ID: \(callID)\r\n\r\n"
    }

    /// Datagrams that anybody can have sent decide nothing, and are told when the time is over.
    @Test(arguments: [
        ("SIP/2.0 503 Busy\r\n\r\n", "an answer is to another request: 503 Busy"),
        (answer("200 OK", callID: "1"), "an answer is to another request: 200 OK"),
        ("SIP/2.0 200 OK\r\n", "the answer is not SIP: SIP/2.0 200 OK"), ("?", "the answer is not SIP: ?"),
        (String(repeating: "x", count: 9000), "a line of the answer is longer than 8192 bytes"),
    ])
    func doubts(datagram: String, text: String) {
        var machine = Negotiation(.sip(login: "", .udp)).machine(for: TextScript.server, nonce: Self.nonce)
        _ = machine.start() + machine.connected(.main, local: TextScript.local)
        #expect(machine.lateness == nil)
        #expect(machine.received(Array(datagram.utf8).span.bytes, on: .main) == [.keepWaiting])
        #expect(machine.lateness?.text == text)
        #expect(machine.received(Array(Self.ok.utf8).span.bytes, on: .main) == [.up("200 OK")])
    }

    static let ok = "SIP/2.0 200 OK\r\nCall-ID: 0123456789abcdef\r\nContent-Length: 3\r\n\r\nv=0"

    @Test(arguments: [
        TextScript("answered", [.main(ok)], [request("TCP"), .up("200 OK")]),
        TextScript(
            "after a while",
            [
                .main("\r\n\r\nSIP/2.0 100 Trying\r\nCall-ID: 0123456789abcdef\r\n\r\n"),
                .main("SIP/2.0 200 Fine\ni : 0123456789abcdef\n\n"),
            ],
            [request("TCP"), .up("200 Fine")]
        ),
        TextScript(
            "an answer to another",
            [.main("SIP/2.0 500 x\r\nCall-ID: 1\r\n\r\n\(ok)")],
            [request("TCP"), .up("200 OK")]
        ),
        TextScript(
            "refused",
            [.main("SIP/2.0 404 Not here\r\n\r\n")],
            [request("TCP"), .down(.status(404), "404 Not here")]
        ),
        TextScript("only 200 will do", [.main("SIP/2.0 202 \r\n\r\n")], [request("TCP"), .down(.status(202), "202 ")]),
        TextScript(
            "closed within the head",
            [.main("SIP/2.0 200 OK\r\nVia: x\r\n"), .ended],
            [request("TCP"), .down(.closed, "the connection was closed before the answer to OPTIONS")]
        ),
        TextScript(
            "no status",
            [.main("SIP/2.0 abc\r\n")],
            [request("TCP"), .down(.malformed, "the answer is not SIP: SIP/2.0 abc")]
        ),
    ])
    func overTCP(script: TextScript) {
        let negotiation = Negotiation(.sip(login: "ping@example.com", .tcp))
        script.check(negotiation.machine(for: TextScript.server, nonce: Self.nonce))
    }

    @Test(
        arguments: [
            ([.main(ok)], [.up("200 OK")]),
            (
                [.timer, .timer, .timer, .timer, .main(ok)],
                [
                    request("UDP"), .wait(.seconds(1)), request("UDP"), .wait(.seconds(2)), request("UDP"),
                    .wait(.seconds(4)),
                    request("UDP"), .wait(.seconds(4)), .up("200 OK"),
                ]
            ),
            ([.main(answer("100 Trying")), .main(ok)], [.keepWaiting, .up("200 OK")]),
            ([.main(answer("503 Busy"))], [.down(.status(503), "503 Busy")]),
            (
                [.main("?"), .main(answer("503 x", callID: "1")), .main(ok)],
                [.keepWaiting, .keepWaiting, .up("200 OK")]
            ),
        ] as [([TextScript.Event], [DialogueAction])]
    )
    func overUDP(events: [TextScript.Event], actions: [DialogueAction]) {
        let machine = SIPDialogue(
            login: "ping@example.com",
            transport: .udp,
            target: TextScript.server,
            nonce: Self.nonce
        )
        let opened: [DialogueAction] = [
            .open(.main, TextScript.server, .udp, security: nil), Self.request("UDP"), .wait(.milliseconds(500)),
        ]
        #expect(TextScript.run(machine, [.connected] + events) == opened + actions)
    }

    @Test(arguments: [
        ("", "sip:10.0.0.1:1234", "<sip:10.0.0.2:40000>"),
        ("a\r\nX: <\"b>@c", "sip:aX:b@c", "<sip:aX:b@10.0.0.2:40000>"),
        ("user", "sip:user", "<sip:user@10.0.0.2:40000>"),
    ])
    func whoIsAsked(login: String, uri: String, contact: String) throws {
        let machine = SIPDialogue(login: login, transport: .tcp, target: TextScript.server, nonce: Self.nonce)
        guard case .send(let bytes) = try #require(TextScript.run(machine, [.connected]).last) else {
            Issue.record("nothing sent")
            return
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.first == "OPTIONS \(uri) SIP/2.0")
        #expect(lines.contains("Contact: \(contact)"))
        #expect(lines.count == 11)
    }
}
