import Dialogues
import TestKit
import Testing

/// What holds for every dialogue in a binary protocol.
struct BinaryDialogueTests {
    @Test(arguments: BinaryScenario.all)
    func aDialogueDoesWhatItsScriptSays(scenario: BinaryScenario) {
        var conversation = BinaryConversation(scenario.machine)
        for event in scenario.events { conversation.take(event) }
        #expect(conversation.actions == scenario.actions)
    }

    @Test(arguments: BinaryScenario.all)
    func theSameIsDoneWhereverAStreamIsCut(scenario: BinaryScenario) {
        for size in 1...7 {
            var conversation = BinaryConversation(scenario.machine)
            for event in scenario.events {
                guard case .stream(let bytes) = event else {
                    conversation.take(event)
                    continue
                }
                for start in stride(from: 0, to: bytes.count, by: size) {
                    conversation.take(.stream(Array(bytes[start..<min(start + size, bytes.count)])))
                }
            }
            #expect(conversation.actions == scenario.actions, "pieces of \(size)")
        }
    }

    @Test(arguments: BinaryScenario.all)
    func theSameIsDoneWithOneCutAtAnyByte(scenario: BinaryScenario) {
        for (index, event) in scenario.events.enumerated() {
            guard case .stream(let bytes) = event, bytes.count > 1 else { continue }
            for cut in 1..<bytes.count {
                var conversation = BinaryConversation(scenario.machine)
                scenario.events[..<index].forEach { conversation.take($0) }
                conversation.take(.stream(Array(bytes[..<cut])))
                conversation.take(.stream(Array(bytes[cut...])))
                scenario.events[(index + 1)...].forEach { conversation.take($0) }
                #expect(conversation.actions == scenario.actions, "event \(index) cut after \(cut) bytes")
            }
        }
    }

    @Test(arguments: BinaryScenario.all)
    func aStreamThatEndsBeforeItsTimeIsNoSuccess(scenario: BinaryScenario) {
        for (index, event) in scenario.events.enumerated() {
            guard case .stream(let bytes) = event else { continue }
            for cut in 0..<bytes.count {
                var conversation = BinaryConversation(scenario.machine)
                scenario.events[..<index].forEach { conversation.take($0) }
                conversation.take(.stream(Array(bytes[..<cut])))
                // Of a row, and of an answer that is refused, the beginning is enough.
                guard !conversation.isOver else { continue }
                conversation.take(.ended)
                #expect(conversation.isOver && !conversation.isUp, "event \(index) ended after \(cut) bytes")
            }
        }
    }

    @Test(arguments: BinaryScenario.all, [UInt64](1...12))
    func damagedBytesDoNoHarm(scenario: BinaryScenario, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            var conversation = BinaryConversation(scenario.machine)
            for event in scenario.events {
                switch event {
                case .stream(let bytes): conversation.take(.stream(damaged(bytes, using: &random)))
                case .datagram(let bytes): conversation.take(.datagram(damaged(bytes, using: &random)))
                case .connected, .ended, .timer: conversation.take(event)
                }
            }
            let ends = conversation.actions.count { if case .finish = $0 { true } else { false } }
            #expect(ends <= 1 && (ends == 0) == !conversation.isOver, "seed \(seed)")
            #expect(conversation.bufferedCount <= limit, "seed \(seed)")
        }
    }

    @Test(arguments: BinaryScenario.all, [UInt64](1...3))
    func anEndlessStreamIsNotKept(scenario: BinaryScenario, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let piece = 16 << 10
        for (index, event) in scenario.events.enumerated() {
            guard case .stream = event else { continue }
            var conversation = BinaryConversation(scenario.machine)
            scenario.events[..<index].forEach { conversation.take($0) }
            for _ in 0..<20 where !conversation.isOver {
                conversation.take(.stream((0..<piece).map { _ in UInt8.random(in: 0 ... .max, using: &random) }))
                #expect(conversation.bufferedCount <= limit + piece, "seed \(seed)")
            }
        }
    }

    /// The longest message of any of the protocols, with what stands before it.
    private let limit = (64 << 10) + 8

    private func damaged(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = .random(in: 0 ... .max, using: &random)
            case 1: bytes[place] = random.once(in: 2) ? .max : 0
            case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 3: bytes.insert(.random(in: 0 ... .max, using: &random), at: place)
            default: bytes.removeSubrange(place..<min(place + 3, bytes.count))
            }
        }
        return bytes
    }
}
