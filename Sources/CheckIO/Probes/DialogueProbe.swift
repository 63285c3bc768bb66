import Addresses
import Configuration
import Glibc
import HealthChecks

/// A dialogue of a machine with a server: does what the machine wants, and tells it what happens.
final class DialogueProbe: RunningProbe {
    /// Whether the machine uses the local end of its connections, which costs a system call.
    var asksForLocalEndpoint = true

    unowned let runner: CheckRunner
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

    init(_ runner: CheckRunner, slot: UInt32, _ machine: any DialogueMachine, timeout: Duration) {
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
        if !readiness.isDisjoint(with: [.readable, .ended, .hungUp, .failed]) {
            read(channel, mayHaveEnded: !readiness.isDisjoint(with: [.ended, .hungUp, .failed]))
        }
    }

    func wakened() {
        let channels = unread
        unread = []
        for channel in channels where !isOver && self[channel].state != .closed {
            read(channel, mayHaveEnded: true)
        }
        if !isOver, let moment = waitMoment, moment <= runner.loop.now {
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
        if main.state == .connecting {
            return (.transport(.timeout), "no connection to \(main.peer) within \(time)")
        }
        if main.state == .securing || dataIfAny?.state == .securing {
            return (.security(.timeout), "the TLS handshake was not over within \(time)")
        }
        if let data = dataIfAny, data.state == .connecting {
            return (.transport(.timeout), "no data connection to \(data.peer) within \(time)")
        }
        return (.dialogue(.timeout), hasReceived ? "no complete answer within \(time)" : "no answer within \(time)")
    }

    // MARK: The machine's side

    /// Tells the machine that something arrived, and does what it wants then.
    func tell(_ event: (inout any DialogueMachine) -> [DialogueAction]) {
        waitMoment = nil
        perform(event(&machine))
        setWake()
    }

    private func perform(_ actions: [DialogueAction]) {
        for action in actions {
            if isOver { return }
            switch action {
            case .open(let channel, let endpoint, let transport, let security):
                open(channel, to: endpoint, over: transport, security)
            case .send(let bytes): send(bytes)
            case .startTLS(let settings): startTLS(settings)
            case .endSending: main.endSending()
            case .wait(let time): waitMoment = runner.loop.now + time
            case .finish(let verdict, let layer, let text):
                _ = try? main.flush()
                finish(verdict, layer, text)
            }
        }
        if !isOver, main.state != .closed, main.state != .connecting { _ = flush(.main) }
    }

    private func setWake() {
        guard !isOver else { return }
        runner.wake(slot, at: unread.isEmpty ? waitMoment : runner.loop.now)
    }

    func finish(_ verdict: CheckResult.Verdict, _ layer: CheckLayer, _ text: String) {
        guard !isOver else { return }
        abandon()
        runner.finish(slot, verdict, layer, text: text)
    }

    func fail(_ failure: SystemFailure, on channel: DialogueChannel) {
        var layer = failure.layer
        if self[channel].state == .securing, layer == .transport(.reset) { layer = .security(.reset) }
        let place = channel == .data ? "data connection: " : ""
        finish(.down, layer, place + failure.message)
    }

    func fail(_ failure: TLSFailure) {
        finish(.down, failure.layer, failure.text)
    }

    // MARK: Connections

    private func open(
        _ channel: DialogueChannel,
        to endpoint: Endpoint,
        over transport: DialogueTransport,
        _ security: TLSSettings?
    ) {
        self[channel].close()
        do throws(SystemFailure) {
            let (descriptor, isConnected) = try NetworkSocket.connect(to: endpoint, over: transport, mark: runner.mark)
            self[channel].open(descriptor, to: endpoint, over: transport)
            let number: UInt32 = channel == .main ? 0 : 1
            self[channel].generation = try runner.watch(
                descriptor,
                for: [.readable, .writable, .ended, .edges],
                slot: slot,
                channel: number
            )
            if let security {
                let context = try context(for: security)
                guard let context else { return }
                self[channel].session = context
            }
            if isConnected { connected(channel) }
        } catch {
            fail(error, on: channel)
        }
    }

    /// A session with those settings; nil when the check has failed for want of one.
    private func context(for settings: TLSSettings) throws(SystemFailure) -> TLSSession? {
        do {
            return try TLSSession(runner.context(for: settings), settings, address: main.peer.address)
        } catch {
            fail(error)
            return nil
        }
    }

    /// Looks whether a connection is open; whether there may be something to read.
    private func hasConnected(_ channel: DialogueChannel, _ readiness: Readiness) -> Bool {
        if !readiness.isDisjoint(with: [.failed, .hungUp]) {
            let number = NetworkSocket.error(of: self[channel].descriptor)
            if number != 0 {
                fail(SystemFailure(call: "connect", number: number), on: channel)
                return false
            }
        }
        guard readiness.contains(.writable) else { return false }
        connected(channel)
        return !isOver
    }

    private func connected(_ channel: DialogueChannel) {
        if self[channel].session != nil {
            self[channel].state = .securing
            proceed(channel)
        } else {
            self[channel].state = .open
            tellConnected(channel)
        }
    }

    private func tellConnected(_ channel: DialogueChannel) {
        var local = Endpoint(address: .any(self[channel].peer.address.family), port: 0)
        if asksForLocalEndpoint, let found = NetworkSocket.localEndpoint(of: self[channel].descriptor) { local = found }
        tell { $0.connected(channel, local: local) }
        if !isOver, self[channel].state == .open { _ = flush(channel) }
    }

    private func startTLS(_ settings: TLSSettings) {
        do throws(SystemFailure) {
            guard let session = try context(for: settings) else { return }
            main.session = session
            main.state = .securing
            proceed(.main)
        } catch {
            fail(error, on: .main)
        }
    }

    private func send(_ bytes: [UInt8]) {
        guard main.pendingCount + bytes.count <= CheckRunner.sendLimit else {
            return finish(.down, .director(.limit), "more than \(CheckRunner.sendLimit) bytes wait to be sent")
        }
        if main.transport == .udp {
            do throws(SystemFailure) {
                try main.sendDatagram(bytes)
            } catch {
                fail(error, on: .main)
            }
            return
        }
        do throws(TLSFailure) {
            try main.queue(bytes)
        } catch {
            fail(error)
        }
    }

    /// Sends what waits; whether that did not fail.
    func flush(_ channel: DialogueChannel) -> Bool {
        do throws(SystemFailure) {
            try self[channel].flush()
            return true
        } catch {
            // What the server said before it stopped listening counts more.
            if error.number == EPIPE || error.number == ECONNRESET { return true }
            fail(error, on: channel)
            return false
        }
    }

    /// Goes on with the handshake of TLS.
    func proceed(_ channel: DialogueChannel) {
        guard let session = self[channel].session else { return }
        do throws(TLSFailure) {
            try session.proceed()
        } catch {
            self[channel].drainSession()
            _ = flush(channel)
            return fail(error)
        }
        self[channel].drainSession()
        guard flush(channel), session.isEstablished else { return }
        do throws(TLSFailure) {
            try self[channel].secured()
        } catch {
            return fail(error)
        }
        tellConnected(channel)
    }

    // MARK: Receiving

    /// Leaves the rest of what a channel has for the next turn.
    func readLater(_ channel: DialogueChannel) {
        if !unread.contains(channel) { unread.append(channel) }
        setWake()
    }

    func noteReceipt() {
        hasReceived = true
    }

    /// The peer ended its sending.
    func ended(_ channel: DialogueChannel) {
        guard !self[channel].hasPeerEnded else { return }
        if self[channel].state == .securing {
            return finish(.down, .security(.closed), "the server closed the connection in the TLS handshake")
        }
        self[channel].hasPeerEnded = true
        let generation = self[channel].generation
        tell { $0.ended(channel) }
        guard !isOver, self[channel].generation == generation else { return }
        if channel == .data {
            data.close()
        } else if waitMoment == nil, (dataIfAny?.state ?? .closed) == .closed {
            // Nothing is left that the machine could wait for.
            finish(.down, .transport(.closed), "the server closed the connection")
        }
    }
}
