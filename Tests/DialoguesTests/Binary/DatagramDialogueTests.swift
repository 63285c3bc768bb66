import Configuration
import Testing

@testable import Dialogues

struct DatagramDialogueTests {
    static let any = DatagramRule(needsReply: true)
    /// The second byte may begin with any half.
    static let masked = DatagramRule(
        needsReply: true,
        beginning: DatagramRule.Mask([0x01, 0x02, 0x03], significant: [0xff, 0x0f, 0xff]),
        lengths: 0...4
    )

    static let answers: [(DatagramRule, answer: [UInt8], DialogueAction)] = [
        (DatagramRule(), [1, 2], BinaryScenario.up("an answer of 2 bytes")),
        (DatagramRule(beginning: DatagramRule.Mask([9])), [1], BinaryScenario.up("an answer of 1 bytes")),
        (any, [], BinaryScenario.up("the answer of 0 bytes fits")),
        (any, [9], BinaryScenario.up("the answer of 1 bytes fits")),
        (masked, [0x01, 0xf2, 0x03], BinaryScenario.up("the answer of 3 bytes fits")),
        (masked, [0x01, 0x02, 0x03, 0x04], BinaryScenario.up("the answer of 4 bytes fits")),
        (
            masked, [0x01, 0xf3, 0x03],
            BinaryScenario.down(.mismatch, "the answer of 3 bytes does not begin as it has to: ???")
        ),
        (
            masked, [0x01, 0xf2],
            BinaryScenario.down(.mismatch, "the answer of 2 bytes does not begin as it has to: ??")
        ),
        (masked, [1, 2, 3, 4, 5], BinaryScenario.down(.mismatch, "the answer has 5 bytes, and not 0 to 4")),
        (
            DatagramRule(needsReply: true, lengths: 4...65_535), [1],
            BinaryScenario.down(.mismatch, "the answer has 1 bytes, and not 4 to 65535")
        ),
    ]

    @Test(arguments: answers)
    func theAnswerDecides(rule: DatagramRule, answer: [UInt8], end: DialogueAction) {
        var conversation = BinaryConversation(machine(rule))
        conversation.take(.connected)
        conversation.take(.datagram(answer))
        #expect(conversation.actions == [BinaryScenario.open(.udp), .send([0x2a]), end])
    }

    @Test
    func silenceIsFineWhereNoAnswerIsNeeded() {
        #expect(machine(DatagramRule()).lateVerdict == .up)
        #expect(machine(DatagramRule()).lateness?.text == "no answer, and no refusal")
        #expect(machine(Self.any).lateVerdict == .down)
        #expect(machine(Self.any).lateness == nil)
    }

    @Test
    func aClosedPortIsBelieved() {
        #expect(machine(Self.any).believesRefusals)
        #expect(
            Negotiation(.dnsStatus(name: ".", .text)).machine(for: BinaryScenario.server, nonce: .zero).believesRefusals
        )
        #expect(
            !Negotiation(.dns(name: "x", .udp, nil)).machine(for: BinaryScenario.server, nonce: .zero).believesRefusals
        )
    }

    private func machine(_ rule: DatagramRule) -> any DialogueMachine {
        Negotiation(.datagram([0x2a], rule)).machine(for: BinaryScenario.server, nonce: .zero)
    }
}
