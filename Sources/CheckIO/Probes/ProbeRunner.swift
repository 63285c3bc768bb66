import Addresses
package import Configuration
package import Dialogues
package import System
import Time

/// Carries checks out on a loop, each from its start to its verdict.
///
/// One deadline holds for the whole of a check; time in which the loop itself stood still is given back to it, once and
/// as much as its timeout at most. Whatever a server does, only its own check fails by it. What the
/// director itself cannot do, for want of descriptors above all, is told as `.director(.limit)` and says nothing about
/// the server.
package final class ProbeRunner {
    /// The bytes that may wait to be sent to one server.
    package static let sendLimit = 4 << 20
    /// The programs that may run, those told to end included.
    package static let programLimit = 1_000
    let loop: EventLoop
    /// Tells the time within a turn.
    var clock: () -> MonotonicTime
    /// Where the packets of those come from that have no origin of their own.
    package var origin = SocketOrigin()
    /// What is received goes here, for all checks in turn.
    let received = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 64)
    /// What was received in TLS goes here.
    let decrypted = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 64)

    private let onResult: (_ token: Int, CheckResult) -> Void
    private var client = 0
    private var slots = ProbeSlots()
    private var generation: UInt32 = 0
    private var beginning: UInt32?
    private var contexts: [TLSSettings: TLSContext] = [:]
    private var echoSockets = EchoSockets()
    private var nonces = NonceSource()
    private lazy var readers = ReadingTurns(on: loop) { [unowned self] entry in
        guard let probe = slots.probe(in: entry.slot, generation: entry.generation) else { return false }
        probe.readOn()
        return isTurnSpent
    }
    private lazy var hosts = HostLocator(self)
    private let programs = ProbePrograms()

    /// Makes a runner that carries nothing out yet.
    ///
    /// - Parameter onResult: called once for each check that is not cancelled, always from a turn of the loop.
    package init(loop: EventLoop, onResult: @escaping (_ token: Int, CheckResult) -> Void) {
        self.loop = loop
        self.onResult = onResult
        clock = loop.clock
        client = loop.join(self)
    }

    deinit {
        for slot in slots.all {
            slot.probe?.abandon()
            if let timer = slot.timer { loop.cancel(timer) }
        }
        loop.leave(client)
        received.deallocate()
        decrypted.deallocate()
    }

    // MARK: Checks

    /// The checks under way.
    package var count: Int { slots.count }

    /// Starts a probe; its result comes under the token, which no check under way may have.
    package func start(_ check: HealthCheck, token: Int) {
        let (target, timeout) = (check.target, check.timeout)
        let slot = slots.take(token: token, timeout: timeout, at: loop.now)
        switch check.method {
        case .connect:
            begin(ConnectProbe(self, slot: slot, target: target, from: check.origin, timeout: timeout), slot)
        case .negotiate(let negotiation):
            let machine = negotiation.machine(for: target, nonce: nonces.next())
            let probe = DialogueProbe(self, slot: slot, machine, timeout: timeout)
            probe.asksForLocalEndpoint = negotiation.dialogue.usesLocalEndpoint
            probe.origin = check.origin
            begin(probe, slot)
        case .ping(let attempts):
            let probe = EchoProbe(self, slot: slot, address: target.address, attempts: attempts, timeout: timeout)
            probe.origin = check.origin
            begin(probe, slot)
        case .echo(let bytes):
            let address = target.address
            let probe = EchoProbe(self, slot: slot, address: address, attempts: 1, bytes: bytes, timeout: timeout)
            probe.origin = check.origin
            begin(probe, slot)
        case .external(let external):
            begin(ExternalProbe(self, slot: slot, check: external, timeout: timeout), slot)
        case .alwaysDown, .combined, .file:
            preconditionFailure("a schedule gives no probe of \(check.method)")
        }
    }

    /// Starts a dialogue of the caller's own; its result comes under the token, which no check under way may have.
    package func dialogue(_ machine: any DialogueMachine, timeout: Duration, token: Int) {
        let slot = slots.take(token: token, timeout: timeout, at: loop.now)
        begin(DialogueProbe(self, slot: slot, machine, timeout: timeout), slot)
    }

    /// Ends a check without a result; harmless when it is over.
    package func cancel(token: Int) {
        if let slot = slots.slot(of: token) { end(slot).probe?.abandon() }
    }

    /// Says which services the director has, which addresses are the machine's own, and who looks up the names that
    /// redirects lead to.
    ///
    /// A redirect to a service of the director means the server that is checked, if that stands behind it.
    package func knowPlaces(
        services: ServedAddresses,
        isLocal: @escaping LocalQuestion = { _ in nil },
        lookUp: HostLookup?
    ) {
        hosts.services = services
        hosts.isLocal = isLocal
        hosts.lookUp = lookUp
    }

    /// The programs of checks that have not ended, those told to end included.
    package var programsLeft: Int { programs.count }

    /// Ends the programs of checks at once, for one who cannot wait until those told to end have done so.
    package func endPrograms() {
        programs.end()
    }

    /// Reads the files of trusted certificates again for the connections to come.
    package func forgetCertificates() {
        contexts.removeAll()
    }

    // MARK: Slots

    /// Gives back the slot of a check that is over.
    private func end(_ slot: UInt32) -> ProbeSlots.Slot {
        let former = slots.giveBack(slot)
        if let timer = former.timer { loop.cancel(timer) }
        return former
    }

    private func begin(_ probe: any ProbeSession, _ slot: UInt32) {
        slots[slot].probe = probe
        beginning = slot
        probe.begin()
        beginning = nil
        setTimer(of: slot)
    }

    private func setTimer(of slot: UInt32) {
        if let timer = slots[slot].timer { loop.cancel(timer) }
        let key = ClientKey(index: slot << 1, generation: slots[slot].generation)
        slots[slot].timer = loop.at(slots[slot].moment(at: loop.now), client: client, key)
    }

    // MARK: For probes

    /// Has a probe told what happens on a descriptor until it is closed.
    ///
    /// - Returns: the generation that it will be told with.
    /// - Throws: `SystemFailure` of `epoll_ctl`.
    func watch(
        _ descriptor: Int32,
        for readiness: Readiness,
        slot: UInt32,
        channel: UInt32
    ) throws(SystemFailure) -> UInt32 {
        generation &+= 1
        let key = ClientKey(index: slot << 1 | channel, generation: generation)
        try loop.watch(descriptor, for: readiness, client: client, key)
        return generation
    }

    /// Has a probe wakened at a moment instead of the one that was set before; nil for none.
    func wake(_ slot: UInt32, at moment: MonotonicTime?) {
        guard slots[slot].wake != moment else { return }
        slots[slot].wake = moment
        if beginning != slot { setTimer(of: slot) }
    }

    /// Whether this turn has taken so long that nothing more is to be read in it.
    var isTurnSpent: Bool { clock() - loop.now >= ReadingPace.turn }

    /// Has a probe read on once those who wait for that have had their turn.
    func readLater(_ slot: UInt32) {
        readers.append(ReadingQueue.Entry(slot: slot, generation: slots[slot].generation))
    }

    /// Takes the verdict of a probe, which is over by that.
    func finish(_ slot: UInt32, _ verdict: CheckResult.Verdict, _ layer: CheckLayer, text: String) {
        guard slots[slot].probe != nil else { return }
        let result = CheckResult(verdict, layer, text: text, duration: loop.now - slots[slot].start)
        if beginning == slot {
            slots[slot].probe = nil
            slots[slot].early = result
            return
        }
        onResult(end(slot).token, result)
    }

    /// Starts the program of a check; `onEnd` is told as by `ChildProcess`.
    func startProgram(
        _ command: ProgramCommand,
        grace: Duration,
        onEnd: @escaping (Result<ProgramOutcome, StartFailure>) -> Void
    ) -> ChildProcess {
        programs.start(on: loop, command, grace: grace, onEnd: onEnd)
    }

    /// What tells this use of a slot from others, for those who are found by what comes back to them.
    func generation(of slot: UInt32) -> UInt32 { slots[slot].generation }

    /// The probe in a slot, while it is that use of it.
    func probe(in slot: UInt32, generation: UInt32) -> (any ProbeSession)? {
        slots.probe(in: slot, generation: generation)
    }

    /// Where a host is that a redirect names; nil where the probe in that slot is told later.
    func locate(_ question: HostQuestion, slot: UInt32) -> HostAnswer? { hosts.answer(question, slot: slot) }

    /// The context for connections of those settings.
    ///
    /// - Throws: `TLSFailure` of the director.
    func context(for settings: TLSSettings) throws(TLSFailure) -> TLSContext {
        var key = settings
        key.serverName = nil
        if let context = contexts[key] { return context }
        let context = try TLSContext(key)
        contexts[key] = context
        return context
    }

    /// Where the packets of a check come from.
    func socketOrigin(_ origin: ProbeOrigin?) -> SocketOrigin { origin.map { SocketOrigin($0) } ?? self.origin }

    /// The socket for echo requests of a family from an origin; whoever asks by it holds it until then.
    ///
    /// - Throws: `SystemFailure` when there can be none.
    func echoSocket(for address: IPAddress, from origin: ProbeOrigin?) throws(SystemFailure) -> EchoSocket {
        let origin = socketOrigin(origin).fromAnyPort
        if let socket = echoSockets[address.family, origin] { return socket }
        let socket = try EchoSocket(self, address.family, from: origin)
        echoSockets.add(socket, from: origin, stays: origin == self.origin)
        return socket
    }
}

extension ProbeRunner: LoopClient {
    package func ready(_ key: ClientKey, _ readiness: Readiness) {
        // A key whose slot has another probe by now has an old generation, which that probe does not know.
        guard let probe = slots[key.index >> 1].probe else { return }
        probe.ready(Int(key.index & 1), generation: key.generation, readiness)
    }

    package func timePassed(_ key: ClientKey) {
        let slot = key.index >> 1
        // The timer of a check that is over has been cancelled.
        slots[slot].timer = nil
        if let early = slots[slot].early { return onResult(end(slot).token, early) }
        guard let probe = slots[slot].probe else { return }
        if slots.isOver(slot, at: loop.now) {
            let (layer, text) = probe.lateness
            let verdict = probe.lateVerdict
            probe.abandon()
            return finish(slot, verdict, layer, text: text)
        }
        slots[slot].wake = nil
        probe.wakened()
        if slots[slot].generation == key.generation, slots[slot].timer == nil { setTimer(of: slot) }
    }
}
