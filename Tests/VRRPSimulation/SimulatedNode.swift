import Addresses
import Failover
import Time
import VRRP

/// A node of a history: what runs on it, its clock, and whether it is awake.
///
/// It is no value, as a history has one of each, and copies them never.
final class SimulatedNode {
    let place: Int
    let kind: ElectionPlan.Kind
    /// Ours; it has the configuration of the others too.
    var machine: SimulatedMachine
    /// Those of the model, in the order of the configuration.
    private(set) var references: [ReferenceRouter] = []
    /// How fast its clock runs, in millionths beyond the right speed.
    let drift: Int
    private let offset: Int64
    private(set) var isRunning = false
    /// Whether its process has ended and will begin again in a moment.
    var isRestarting = false
    /// Until when its process stands still; nil while it runs.
    var sleepsUntil: MonotonicTime?
    /// What waits in its sockets.
    var inbox: [ReceivedPacket] = []
    var isLinkUp = true
    var isWell = true
    var order: NodeOrder.Deed?

    init(_ plan: ElectionPlan.Node, place: Int) {
        self.place = place
        kind = plan.kind
        drift = plan.drift
        offset = 1_000_000_000_000 * Int64(place + 1)
        machine = SimulatedMachine(plan.configuration, addresses: [ElectionPlan.address(of: place)])
    }

    var address: IPAddress { ElectionPlan.address(of: place) }

    var isOurs: Bool { kind == .directrix }

    /// Whether it is the model of another implementation, with its known faults.
    var isForeign: Bool { kind == .reference(.keepalived) }

    /// Whether it takes part: it runs, is awake, and nothing keeps it out.
    var isEligible: Bool { isRunning && sleepsUntil == nil && isLinkUp && isWell }

    // MARK: Time

    /// Its own clock at a moment of the world.
    func local(_ moment: MonotonicTime) -> MonotonicTime {
        MonotonicTime(nanoseconds: offset + moment.nanoseconds + moment.nanoseconds / 1_000_000 * Int64(drift))
    }

    /// The first moment of the world at which its own clock has come to a moment.
    func global(_ moment: MonotonicTime) -> MonotonicTime {
        let own = moment.nanoseconds - offset
        var guess = MonotonicTime(nanoseconds: own - own / 1_000_000 * Int64(drift))
        while local(guess) < moment {
            guess.nanoseconds += max(1, (moment.nanoseconds - local(guess).nanoseconds))
        }
        return guess
    }

    /// When it is to be woken, of its own; nil for never.
    var nextMoment: MonotonicTime? {
        guard isRunning, sleepsUntil == nil else { return nil }
        switch kind {
        case .directrix: return machine.nextMoment.map(global)
        case .reference: return isLinkUp && isWell ? references.map(\.nextMoment).min().map(global) : nil
        }
    }

    // MARK: What it does

    /// What came of something: its actions, and what a model sent and announced.
    struct Output {
        var actions: [NodeAction] = []
        var sent: [(router: Int, SentAdvertisement)] = []
        var announced: [Int] = []
        /// The models that became master.
        var began: [Int] = []
    }

    func start(at now: MonotonicTime) -> Output {
        isRunning = true
        inbox = []
        sleepsUntil = nil
        switch kind {
        case .directrix:
            var actions = machine.start(at: local(now), bootMoment: local(MonotonicTime(nanoseconds: 0)))
            if machine.configuration.routers.contains(where: { !$0.trackers.isEmpty })
                || !machine.configuration.groups.isEmpty
            {
                actions += track(at: now)
            }
            return Output(actions: actions)
        case .reference(let rules):
            references = machine.configuration.routers.map {
                ReferenceRouter($0, rules: rules, source: address, at: local(now))
            }
            return Output()
        }
    }

    private func track(at now: MonotonicTime) -> [NodeAction] {
        let (value, moment) = (isWell ? TrackedValue.well : .unwell, local(now))
        return machine.act(at: moment) { $0.tracked(TrackedSubject(.script, "check"), value, at: moment) }
    }

    func setWell(_ isWell: Bool, at now: MonotonicTime) -> Output {
        let wasWell = self.isWell
        self.isWell = isWell
        if !isOurs, wasWell == isWell { return Output() }
        guard isRunning else { return Output() }
        if isOurs { return Output(actions: track(at: now)) }
        return isWell ? restartModel(at: now) : leaveModel(at: now)
    }

    func setLink(isUp: Bool, at now: MonotonicTime) -> Output {
        isLinkUp = isUp
        if isOurs { return Output(actions: machine.setLink("eth0", isUp: isUp, at: local(now))) }
        return isUp && isRunning ? restartModel(at: now) : Output()
    }

    /// A model begins anew, as after a fault.
    private func restartModel(at now: MonotonicTime) -> Output {
        start(at: now)
    }

    private func leaveModel(at now: MonotonicTime) -> Output {
        var output = Output()
        for router in references.indices {
            output.add(references[router].stop(at: local(now)), of: router)
        }
        restartReferences(at: now)
        return output
    }

    private func restartReferences(at now: MonotonicTime) {
        guard case .reference(let rules) = kind else { return }
        references = references.map {
            ReferenceRouter($0.settings, rules: rules, source: address, at: local(now))
        }
    }

    func timePassed(at now: MonotonicTime) -> Output {
        guard isRunning else { return Output() }
        if isOurs {
            let moment = local(now)
            return Output(actions: machine.act(at: moment) { $0.timePassed(at: moment) })
        }
        var output = Output()
        for router in references.indices where references[router].nextMoment <= local(now) {
            output.add(references[router].timePassed(at: local(now)), of: router)
        }
        return output
    }

    func received(_ packet: ReceivedPacket, at now: MonotonicTime) -> Output {
        guard isRunning, isLinkUp else { return Output() }
        var packet = packet
        packet.arrival = local(now)
        if isOurs {
            let moment = local(now)
            return Output(actions: machine.act(at: moment) { $0.received(packet, at: moment) })
        }
        guard isWell else { return Output() }
        var output = Output()
        for router in references.indices {
            output.add(references[router].received(packet, at: local(now)), of: router)
        }
        return output
    }

    func stop(at now: MonotonicTime) -> Output {
        guard isRunning else { return Output() }
        isRunning = false
        if isOurs { return Output(actions: machine.stop(at: local(now))) }
        return leaveModel(at: now)
    }

    func kill() {
        isRunning = false
        sleepsUntil = nil
        if isOurs { machine.crash() }
        inbox = []
    }

    func reboot() {
        kill()
        machine.reboot()
        references = []
    }

    func reload(_ change: ElectionChange, at now: MonotonicTime) -> Output {
        machine.configuration = change.applied(to: machine.configuration)
        guard isRunning else { return Output() }
        if isOurs {
            let (set, moment) = (machine.configuration, local(now))
            return Output(actions: machine.act(at: moment) { $0.reconfigure(set, at: moment) })
        }
        return start(at: now)
    }

    // MARK: What came of it

    /// Whether its kernel has an address that comes and goes.
    func holds(_ address: IPAddress, of router: Int) -> Bool {
        if isOurs { return machine.holds(address) }
        return references.indices.contains(router) && isRunning && isWell && isLinkUp && references[router].isMaster
    }
}

extension SimulatedNode.Output {
    mutating func add(_ output: ReferenceRouter.Output, of router: Int) {
        sent += output.sent.map { (router, $0) }
        if output.announces { announced.append(router) }
        if output.begins { began.append(router) }
    }
}
