import Addresses
import Configuration
import Dialogues
import Glibc
import System
import Time

/// A dialogue of a machine with a server: does what the machine wants, and tells it what happens.
final class DialogueProbe: ProbeSession {
    /// Whether the machine uses the local end of its connections, which costs a system call.
    var asksForLocalEndpoint = true
    /// Where its packets come from.
    var origin: ProbeOrigin?

    unowned let runner: ProbeRunner
    let slot: UInt32
    private let timeout: Duration
    private var machine: any DialogueMachine
    private(set) var isOver = false
    private let main = Channel()
    private var dataIfAny: Channel?
    /// The moment that the machine waits for.
    private var waitMoment: MonotonicTime?
    /// The channels that are not read to the end because others are to have their turn.
    private var unread: [DialogueChannel] = []
    private var hasReceived = false
    /// What came back for a datagram, and how many were sent then.
    private var refusal: (failure: SystemFailure, datagrams: Int)?
    private var datagrams = 0
    /// The host that is being looked up.
    private var soughtHost: String?

    init(_ runner: ProbeRunner, slot: UInt32, _ machine: any DialogueMachine, timeout: Duration) {
        self.runner = runner
        self.slot = slot
        self.machine = machine
        self.timeout = timeout
    }

    subscript(channel: DialogueChannel) -> Channel {
        switch channel {
        case .main: main
        case .data: data
        }
    }

    private var data: Channel {
        if let dataIfAny { return dataIfAny }
        let channel = Channel()
        dataIfAny = channel
        return channel
    }

    // MARK: The runner's side

    func begin() {
        perform(machine.start())
        setWake()
    }

    func ready(_ channel: Int, generation: UInt32, _ readiness: Readiness) {
        let channel: DialogueChannel = channel == 0 ? .main : .data
        guard self[channel].generation == generation, self[channel].state != .closed else { return }
        if self[channel].state == .connecting {
            guard hasConnected(channel, readiness) else { return }
        } else if readiness.contains(.writable), self[channel].pendingCount > 0 {
            guard flush(channel) else { return }
        }
        guard !isOver, self[channel].generation == generation else { return }
        if !readiness.isDisjoint(with: [.readable, .ended, .hungUp, .failed]), !unread.contains(channel) {
            guard !runner.isTurnSpent else { return readLater(channel) }
            read(channel, mayHaveEnded: !readiness.isDisjoint(with: [.ended, .hungUp, .failed]))
        }
    }

    func readOn() {
        let channels = unread
        unread = []
        for channel in channels where !isOver && self[channel].state != .closed {
            read(channel, mayHaveEnded: true)
        }
    }

    func wakened() {
        if let moment = waitMoment, moment <= runner.loop.now {
            waitMoment = nil
            perform(machine.timerFired())
        }
        setWake()
    }

    func abandon() {
        isOver = true
        main.close()
        dataIfAny?.close()
    }

    var lateness: (layer: CheckLayer, text: String) {
        let time = timeout.shortText
        if let soughtHost { return (.dialogue(.timeout), "the host \(soughtHost) was not looked up within \(time)") }
        if main.state == .connecting {
            return (.transport(.timeout), "no connection to \(main.peer) within \(time)")
        }
        if main.state == .securing || dataIfAny?.state == .securing {
            return (.security(.timeout), "the TLS handshake was not over within \(time)")
        }
        if let data = dataIfAny, data.state == .connecting {
            return (.transport(.timeout), "no data connection to \(data.peer) within \(time)")
        }
        if let lateness = machine.lateness { return lateness }
        if let refusal { return (refusal.failure.layer, refusal.failure.message) }
        return (.dialogue(.timeout), hasReceived ? "no complete answer within \(time)" : "no answer within \(time)")
    }

    var lateVerdict: CheckResult.Verdict { main.state == .open ? machine.lateVerdict : .down }

    // MARK: The machine's side

    /// Tells the machine that something arrived, and does what it wants then.
    func tell(_ event: (inout any DialogueMachine) -> [DialogueAction]) {
        let former = waitMoment
        waitMoment = nil
        perform(event(&machine), formerWait: former)
        setWake()
    }

    private func perform(_ actions: [DialogueAction], formerWait: MonotonicTime? = nil) {
        for action in actions {
            if isOver { return }
            switch action {
            case .open(let channel, let endpoint, let transport, let security):
                open(channel, to: endpoint, over: transport, security)
            case .locate(let question): locate(question)
            case .send(let bytes): send(bytes)
            case .startTLS(let settings): startTLS(settings)
            case .endSending: main.endSending()
            case .wait(let time): waitMoment = runner.loop.now + time
            case .keepWaiting: waitMoment = formerWait
            case .finish(let verdict, let layer, let text):
                _ = try? main.flush()
                finish(verdict, layer, text)
            }
        }
        if !isOver, main.state != .closed, main.state != .connecting { _ = flush(.main) }
    }

    private func locate(_ question: HostQuestion) {
        // The rest of this answer decides nothing, and neither does the way in which it ends.
        main.close()
        if let answer = runner.locate(question, slot: slot) { return located(answer) }
        soughtHost = question.host
    }

    /// Tells the machine where the host is that it asked for.
    func located(_ answer: HostAnswer) {
        soughtHost = nil
        tell { $0.located(answer) }
    }

    private func setWake() {
        guard !isOver else { return }
        runner.wake(slot, at: waitMoment)
    }

    func finish(_ verdict: CheckResult.Verdict, _ layer: CheckLayer, _ text: String) {
        guard !isOver else { return }
        abandon()
        runner.finish(slot, verdict, layer, text: text)
    }

    /// Takes note of a datagram that is sent.
    func noteDatagram() {
        datagrams += 1
    }

    /// Takes note of what came back for a datagram; whether the check goes on with it.
    ///
    /// Anybody can say that a port is closed or a host is not there: it counts when it comes back for a second datagram, or
    /// when the time is over.
    func waitsOut(_ failure: SystemFailure, on channel: DialogueChannel) -> Bool {
        guard self[channel].transport == .udp, datagrams > 0, !machine.believesRefusals else { return false }
        guard [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(failure.number) else { return false }
        guard let refusal else {
            refusal = (failure, datagrams)
            return true
        }
        return datagrams == refusal.datagrams
    }

    func fail(_ failure: SystemFailure, on channel: DialogueChannel) {
        var layer = failure.layer
        if self[channel].state == .securing, layer == .transport(.reset) { layer = .security(.reset) }
        let place = channel == .data ? "data connection: " : ""
        finish(.down, layer, place + failure.message(from: origin))
    }

    func fail(_ failure: TLSFailure) {
        finish(.down, failure.layer, failure.text)
    }

    // MARK: Receiving

    /// Leaves the rest of what a channel has until those who wait have had their turn.
    func readLater(_ channel: DialogueChannel) {
        if unread.isEmpty { runner.readLater(slot) }
        if !unread.contains(channel) { unread.append(channel) }
    }

    func noteReceipt() {
        hasReceived = true
    }

    /// Whether nothing is left that the machine could wait for once its main channel has ended.
    var isIdle: Bool {
        waitMoment == nil && (dataIfAny?.state ?? .closed) == .closed
    }
}
