import Addresses
import Configuration
import Dialogues
import Testing

/// Peers that send without end, or something else altogether.
struct TextHostilePeerTests {
    static let dialogues: [Negotiation.Dialogue] = [
        .smtp(startsTLS: false), .smtp(startsTLS: true), .pop(Credentials(login: "a", password: "b")),
        .imap(Credentials(login: "a", password: "b")), .ftp(Credentials(login: "a", password: "b"), file: "x", nil),
        .nntp, .smtpHello(name: "x"),
        .sip(login: "", .tcp),
    ]

    private func verdict(_ dialogue: Negotiation.Dialogue, _ first: String, _ chunk: [UInt8], times: Int) -> CheckLayer?
    {
        let machine = Negotiation(dialogue).machine(for: TextScript.server, nonce: .zero)
        let events: [TextScript.Event] = [.connected, .main(first)] + Array(repeating: .bytes(chunk), count: times)
        guard case .finish(.down, let layer, let text) = TextScript.run(machine, events).last else { return nil }
        #expect(!text.contains("\n") && text.utf8.count < 300)
        return layer
    }

    private func beginning(_ dialogue: Negotiation.Dialogue) -> String {
        switch dialogue {
        case .pop: "+OK "
        case .imap: "* OK "
        case .sip: "SIP/2.0 200 "
        default: "220 "
        }
    }

    @Test(arguments: dialogues)
    func aLineWithoutEnd(dialogue: Negotiation.Dialogue) {
        let chunk = Array(repeating: UInt8(ascii: "x"), count: 4096)
        #expect(verdict(dialogue, beginning(dialogue), chunk, times: 2) == .dialogue(.limit))
    }

    @Test(
        arguments: [
            (.smtp(startsTLS: false), "220-x\r\n", "220-x\r\n"),
            (.ftp(Credentials(login: "", password: ""), file: nil, nil), "220-x\r\n", "\r\n"),
            (.imap(Credentials(login: "a", password: "b")), "* OK\r\n", "* x\r\n"),
            (.sip(login: "", .tcp), "SIP/2.0 200 OK\r\n", "A: b\r\n"),
        ] as [(Negotiation.Dialogue, String, String)]
    )
    func linesWithoutEnd(dialogue: Negotiation.Dialogue, first: String, line: String) {
        let chunk = Array(repeatElement(line, count: 1024).joined().utf8)
        #expect(verdict(dialogue, first, chunk, times: 65_536 / chunk.count + 2) == .dialogue(.limit))
    }

    @Test(
        arguments: dialogues,
        [
            "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "\u{16}\u{3}\u{1}", "\0\0\0\0",
            "J\0\0\0\u{a}5.5.5",
        ]
    )
    func somethingElse(dialogue: Negotiation.Dialogue, greeting: String) {
        #expect(verdict(dialogue, "", Array(greeting.utf8), times: 1) == .dialogue(.malformed))
        #expect(
            verdict(dialogue, String(greeting.prefix(1)), Array(greeting.utf8.dropFirst()), times: 1)
                == .dialogue(.malformed)
        )
    }

    /// Bytes of chance, much like answers: no machine traps, and each gives no more than one verdict, at the end.
    @Test(arguments: dialogues + [.simpleTCP(request: [], ContentPattern("a+b"))])
    func garbage(dialogue: Negotiation.Dialogue) {
        var generator = TextGenerator(state: 0x5eed)
        let words = [
            "220", "250", "-", " ", "\r\n", "+OK", "* OK", "a1 OK", "SIP/2.0 200", "\n", "229 (|||1|)", "x", "\u{ff}",
            "331",
        ]
        for _ in 0..<300 {
            var machine = Negotiation(dialogue).machine(for: TextScript.server, nonce: .zero)
            var actions = machine.start() + machine.connected(.main, local: TextScript.local)
            for _ in 0..<40 {
                let text = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                    words[Int.random(in: words.indices, using: &generator)]
                }
                actions += machine.received(Array(text.joined().utf8).span.bytes, on: .main)
            }
            actions += machine.ended(.main)
            let verdicts = actions.indices.filter { if case .finish = actions[$0] { true } else { false } }
            #expect(verdicts.count <= 1 && verdicts.allSatisfy { $0 == actions.count - 1 })
        }
    }
}

/// Numbers that are the same in every run.
struct TextGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
