import Addresses
import Configuration
import Dialogues

/// A dialogue over HTTP with a server that the test speaks for.
struct HTTPConversation {
    enum Verdict: Hashable, Sendable {
        case none
        case up(String)
        case down(CheckLayer, String)
    }

    static let server = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 8080)
    static let local = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0002)), port: 40_000)

    /// The hosts that are asked for; nothing is told of others.
    var hosts: [String: HostAnswer]
    /// The questions, in order.
    private(set) var questions: [HostQuestion] = []
    private var dialogue: any DialogueMachine
    /// The requests, in order.
    private(set) var sent: [String] = []
    /// The connections, in order.
    private(set) var opened: [DialogueAction] = []
    private(set) var verdict = Verdict.none

    init(
        _ request: HTTPRequest,
        target: Endpoint = server,
        security: TLSSettings? = nil,
        hosts: [String: HostAnswer] = [:]
    ) {
        self.hosts = hosts
        let negotiation = Negotiation(.http(request), security: security)
        dialogue = negotiation.machine(for: target, nonce: DialogueNonce(high: 0, low: 0))
        carryOut(dialogue.start())
    }

    /// Feeds bytes in pieces of those sizes, the last size again and again; stops at a verdict.
    mutating func receive(_ bytes: [UInt8], pieces: [Int]) {
        var rest = bytes[...]
        var index = 0
        while !rest.isEmpty, verdict == .none {
            let piece = Array(rest.prefix(max(pieces[min(index, pieces.count - 1)], 1)))
            index += 1
            rest = rest.dropFirst(piece.count)
            let count = opened.count
            carryOut(dialogue.received(piece.span.bytes, on: .main))
            // Nothing more comes on a connection that another has taken the place of.
            if opened.count > count { return }
        }
    }

    mutating func receive(_ text: String) {
        receive(Array(text.utf8), pieces: [text.utf8.count])
    }

    mutating func end() {
        guard verdict == .none else { return }
        carryOut(dialogue.ended(.main))
    }

    private func elsewhere(_ host: String) -> HostAnswer {
        guard let address = IPAddress(host) else { return .unknown("whose host is not found") }
        return .places([HostPlace(address: address, scope: .elsewhere)], askerScope: .elsewhere)
    }

    private mutating func carryOut(_ actions: [DialogueAction]) {
        for action in actions {
            switch action {
            case .open:
                opened.append(action)
                carryOut(dialogue.connected(.main, local: HTTPConversation.local))
            case .locate(let question):
                questions.append(question)
                carryOut(dialogue.located(hosts[question.host] ?? elsewhere(question.host)))
            case .send(let bytes): sent.append(String(decoding: bytes, as: UTF8.self))
            case .finish(.up, let layer, let text):
                verdict = layer == .dialogue(.passed) ? .up(text) : .down(layer, text)
            case .finish(.down, let layer, let text): verdict = .down(layer, text)
            case .startTLS, .endSending, .wait, .keepWaiting: preconditionFailure("\(action) over HTTP")
            }
        }
    }
}
