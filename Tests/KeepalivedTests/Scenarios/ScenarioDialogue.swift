import Addresses
import Configuration
import Dialogues

/// A dialogue of a check with a server of a recording: what the machine wants is carried out in a time of its own.
struct ScenarioDialogue {
    private var machine: any DialogueMachine
    /// The server; nil where nobody listens.
    private let server: ScenarioServer?
    private let timeout: Duration
    private var elapsed = Duration.milliseconds(1)
    /// What is on its way from the server, with the moment at which it arrives.
    private var arrivals: [(moment: Duration, bytes: [UInt8]?)] = []
    /// The moment that the machine waits for.
    private var alarm: Duration?
    private var isOpen = false
    private var result: CheckResult?

    /// What comes of a dialogue, and how long it takes.
    static func outcome(
        of negotiation: Negotiation,
        with server: ScenarioServer?,
        at target: Endpoint,
        within timeout: Duration
    ) -> (CheckResult, Duration) {
        let machine = negotiation.machine(for: target, nonce: DialogueNonce(high: 1, low: 2))
        var dialogue = ScenarioDialogue(machine: machine, server: server, timeout: timeout)
        return (dialogue.lead(), dialogue.elapsed)
    }

    private init(machine: any DialogueMachine, server: ScenarioServer?, timeout: Duration) {
        self.machine = machine
        self.server = server
        self.timeout = timeout
    }

    private mutating func lead() -> CheckResult {
        perform(machine.start())
        while result == nil {
            let former = alarm
            if let next = arrivals.first, next.moment <= min(alarm ?? timeout, timeout) {
                arrivals.removeFirst()
                elapsed = next.moment
                alarm = nil
                if let bytes = next.bytes {
                    perform(machine.received(bytes.span.bytes, on: .main), former: former)
                } else {
                    arrivals = []
                    perform(machine.ended(.main), former: former)
                    if alarm == nil { end(.down, .transport(.closed)) }
                }
            } else if let alarm, alarm < timeout {
                elapsed = alarm
                self.alarm = nil
                perform(machine.timerFired())
            } else {
                elapsed = timeout
                let layer = machine.lateness?.layer ?? (isOpen ? .dialogue(.timeout) : .transport(.timeout))
                end(isOpen ? machine.lateVerdict : .down, layer)
            }
        }
        return result ?? CheckResult(.down, .dialogue(.timeout))
    }

    private mutating func end(_ verdict: CheckResult.Verdict, _ layer: CheckLayer, text: String = "") {
        result = result ?? CheckResult(verdict, layer, text: text)
    }

    private mutating func perform(_ actions: [DialogueAction], former: Duration? = nil) {
        for action in actions where result == nil {
            switch action {
            case .open(_, _, let transport, let security): open(over: transport, security)
            case .send(let bytes):
                // A datagram to a closed port comes back as a refusal.
                guard let server, server.kind == .udp || isOpen else { return end(.down, .transport(.refused)) }
                expect(server.answer(to: bytes))
            case .wait(let time): alarm = elapsed + time
            case .keepWaiting: alarm = former
            case .finish(let verdict, let layer, let text): end(verdict, layer, text: text)
            case .locate, .startTLS, .endSending: break
            }
        }
    }

    private mutating func open(over transport: DialogueTransport, _ security: TLSSettings?) {
        if transport == .udp {
            isOpen = true
            return perform(machine.connected(.main, local: Endpoint(address: .any(.ipv4), port: 1)))
        }
        guard let server, server.kind != .udp else { return end(.down, .transport(.refused)) }
        guard (security != nil) == (server.kind == .https) else { return end(.down, .security(.closed)) }
        isOpen = true
        perform(machine.connected(.main, local: Endpoint(address: .any(.ipv4), port: 1)))
        expect(server.greeting)
    }

    private mutating func expect(_ coming: [ScenarioServer.Arrival]) {
        var moment = max(arrivals.last?.moment ?? elapsed, elapsed)
        for arrival in coming {
            moment += arrival.delay
            arrivals.append((moment, arrival.bytes))
        }
    }
}
