import Addresses
import Configuration
import Dialogues
import Testing

/// What happens to a dialogue, in order, and everything that it wants done, in order.
struct TextScript: Sendable, CustomTestStringConvertible {
    enum Event: Sendable {
        case connected
        case dataConnected
        case main(String)
        case bytes([UInt8])
        case data(String)
        case ended
        case dataEnded
        case timer
    }

    static let server = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 1234)
    static let server6 = Endpoint(address: IPAddress("2001:db8::1") ?? .any(.ipv6), port: 1234)
    static let local = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0002)), port: 40_000)

    var testDescription: String
    var events: [Event]
    var actions: [DialogueAction]

    init(_ name: String, _ events: [Event], _ actions: [DialogueAction]) {
        testDescription = name
        self.events = [.connected] + events
        self.actions = actions
    }

    /// Runs the script with what arrives cut in every way in two, and into single bytes.
    func check(_ machine: any DialogueMachine, opens: DialogueAction? = nil) {
        let expected = [opens ?? .open(.main, TextScript.server, .tcp, security: nil)] + actions
        #expect(TextScript.run(machine, events) { [$0] } == expected)
        #expect(TextScript.run(machine, events) { $0.map { [$0] } } == expected)
        let longest = events.map { $0.bytes?.count ?? 0 }.max() ?? 0
        for place in 1..<max(min(longest, 600), 2) {
            let actions = TextScript.run(machine, events) { [Array($0.prefix(place)), Array($0.dropFirst(place))] }
            guard actions == expected else {
                Issue.record("cut after \(place) bytes: \(actions)")
                return
            }
        }
    }

    /// Everything that a machine wants done when those things happen, until it is over.
    static func run(
        _ machine: any DialogueMachine,
        _ events: [Event],
        cut: ([UInt8]) -> [[UInt8]] = { [$0] }
    ) -> [DialogueAction] {
        var machine = machine
        var actions = machine.start()
        for event in events {
            switch event {
            case .connected: actions += machine.connected(.main, local: local)
            case .dataConnected: actions += machine.connected(.data, local: local)
            case .ended: actions += machine.ended(.main)
            case .dataEnded: actions += machine.ended(.data)
            case .timer: actions += machine.timerFired()
            case .main, .bytes, .data:
                for piece in cut(event.bytes ?? []) where !piece.isEmpty {
                    actions += machine.received(piece.span.bytes, on: event.channel)
                }
            }
        }
        return actions
    }
}

extension TextScript.Event {
    fileprivate var bytes: [UInt8]? {
        switch self {
        case .main(let text), .data(let text): Array(text.utf8)
        case .bytes(let bytes): bytes
        case .connected, .dataConnected, .ended, .dataEnded, .timer: nil
        }
    }

    fileprivate var channel: DialogueChannel {
        if case .data = self { return .data }
        return .main
    }
}

extension DialogueAction {
    static func send(_ line: String) -> DialogueAction { .send(Array("\(line)\r\n".utf8)) }

    static func up(_ text: String) -> DialogueAction { .finish(.up, .dialogue(.passed), text: text) }

    static func down(_ outcome: CheckLayer.Outcome, _ text: String) -> DialogueAction {
        .finish(.down, .dialogue(outcome), text: text)
    }
}
