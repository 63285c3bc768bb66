import Addresses
import Configuration
import Testing

@testable import Dialogues

/// What happens to a dialogue, and all that it does then.
struct BinaryScenario: Sendable, CustomTestStringConvertible {
    enum Event: Sendable {
        case connected
        case stream([UInt8])
        case datagram([UInt8])
        case ended
        case timer
    }

    let name: String
    let machine: any DialogueMachine
    let events: [Event]
    let actions: [DialogueAction]

    init(_ name: String, _ machine: any DialogueMachine, _ events: [Event], _ actions: [DialogueAction]) {
        self.name = name
        self.machine = machine
        self.events = events
        self.actions = actions
    }

    var testDescription: String { name }

    static let server = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 4000)
    static let local = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0002)), port: 40_000)
    /// The bytes 0 to 15.
    static let nonce = DialogueNonce(high: 0x0001_0203_0405_0607, low: 0x0809_0a0b_0c0d_0e0f)
    static let credentials = Credentials(login: "check", password: "secret")
    static let all = ldap + dns + mySQL + postgreSQL + radius

    static func open(_ transport: DialogueTransport = .tcp, security: TLSSettings? = nil) -> DialogueAction {
        .open(.main, server, transport, security: security)
    }

    static func up(_ text: String) -> DialogueAction { .finish(.up, .dialogue(.passed), text: text) }

    static func down(_ outcome: CheckLayer.Outcome, _ text: String) -> DialogueAction {
        .finish(.down, .dialogue(outcome), text: text)
    }
}

/// A dialogue whose events are told by a test; what is told after its end is not passed on.
struct BinaryConversation {
    private(set) var machine: any DialogueMachine
    private(set) var actions: [DialogueAction]

    init(_ machine: any DialogueMachine) {
        self.machine = machine
        actions = self.machine.start()
    }

    var isOver: Bool {
        if case .finish = actions.last { true } else { false }
    }

    var isUp: Bool {
        if case .finish(.up, _, _) = actions.last { true } else { false }
    }

    /// The bytes that the dialogue keeps of its server.
    var bufferedCount: Int {
        for child in Mirror(reflecting: machine).children where child.label == "buffer" {
            for part in Mirror(reflecting: child.value).children where part.label == "bytes" {
                return (part.value as? [UInt8])?.count ?? 0
            }
        }
        return 0
    }

    mutating func take(_ event: BinaryScenario.Event) {
        guard !isOver else { return }
        switch event {
        case .connected: actions += machine.connected(.main, local: BinaryScenario.local)
        case .stream(let bytes), .datagram(let bytes): actions += machine.received(bytes.span.bytes, on: .main)
        case .ended: actions += machine.ended(.main)
        case .timer: actions += machine.timerFired()
        }
        // A computation in pieces, that the others are given their turns in.
        while actions.last == .wait(PostgreSQLDialogue.pause) {
            actions.removeLast()
            actions += machine.timerFired()
        }
    }
}
