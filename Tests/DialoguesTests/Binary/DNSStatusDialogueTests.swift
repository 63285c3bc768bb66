import Configuration
import Testing

@testable import Dialogues

struct DNSStatusDialogueTests {
    static let queries: [(name: String, DNSRecordType, message: String)] = [
        (".", .startOfAuthority, "0e0f 0100 0001 0000 0000 0000 00 0006 0001"),
        ("www.example.com", .address, "0e0f 0100 0001 0000 0000 0000 03777777076578616d706c6503636f6d00 0001 0001"),
        ("www.example.com.", .address6, "0e0f 0100 0001 0000 0000 0000 03777777076578616d706c6503636f6d00 001c 0001"),
        ("x", .nameServer, "0e0f 0100 0001 0000 0000 0000 017800 0002 0001"),
        ("x", .canonicalName, "0e0f 0100 0001 0000 0000 0000 017800 0005 0001"),
        ("x", .mailExchange, "0e0f 0100 0001 0000 0000 0000 017800 000f 0001"),
        ("x", .text, "0e0f 0100 0001 0000 0000 0000 017800 0010 0001"),
        ("x", .signature, "0e0f 0100 0001 0000 0000 0000 017800 002e 0001"),
        ("x", .key, "0e0f 0100 0001 0000 0000 0000 017800 0030 0001"),
    ]

    @Test(arguments: queries)
    func oneQueryIsSent(name: String, type: DNSRecordType, message: String) {
        var conversation = BinaryConversation(machine(name, type))
        conversation.take(.connected)
        conversation.take(.timer)
        #expect(conversation.actions == [BinaryScenario.open(.udp), .send(octets(message))])
    }

    static let answers: [(String, DialogueAction)] = [
        // Whatever stands behind the header.
        ("0e0f 8180 0000 0000 0000 0000", BinaryScenario.up("answered without an error")),
        ("0e0f 8580 0001 0000 0000 0000 0000", BinaryScenario.up("answered without an error")),
        (
            "0e0f 8183 0001 0000 0000 0000",
            BinaryScenario.down(.status(3), "the server says that there is no such name (NXDOMAIN)")
        ),
        ("0e0f 8182 0001 0000 0000 0000", BinaryScenario.down(.status(2), "the server failed (SERVFAIL)")),
        ("0e0f 8185 0001 0000 0000 0000", BinaryScenario.down(.status(5), "the server refused to answer (REFUSED)")),
        // Another number, a query, too little, nothing.
        ("0e0e 8180 0001 0000 0000 0000", .keepWaiting), ("0e0f 0100 0001 0000 0000 0000", .keepWaiting),
        ("0e0f 8180 0001 0000 0000 00", .keepWaiting),
        ("", .keepWaiting),
    ]

    @Test(arguments: answers)
    func theCodeDecides(answer: String, last: DialogueAction) {
        var conversation = BinaryConversation(machine("x", .text))
        conversation.take(.connected)
        conversation.take(.datagram(octets(answer)))
        #expect(conversation.actions.last == last)
    }

    @Test
    func whatIsNoNameIsNotAskedFor() {
        #expect(
            BinaryConversation(machine("a..b", .text)).actions
                == [.finish(.down, .director(.malformed), text: "this is no name that can be asked for")]
        )
    }

    private func machine(_ name: String, _ type: DNSRecordType) -> any DialogueMachine {
        Negotiation(.dnsStatus(name: name, type)).machine(for: BinaryScenario.server, nonce: BinaryScenario.nonce)
    }
}
