import Addresses
import Failover
import Links
import TestKit
import Time
import VRRP

/// The machines of a history, their network and its neighbour, and the promises that are held against what they do.
struct ElectionWorld {
    let plan: ElectionPlan
    var chance: SimulatedChance
    var nodes: [SimulatedNode]
    var network: SimulatedNetwork
    var promises: ElectionPromises
    private(set) var now = MonotonicTime(nanoseconds: 0)
    /// The first address of each router, by which it is known whatever else changes.
    let addresses: [IPAddress]
    let isTraced: Bool
    private(set) var trace: [String] = []

    init(_ plan: ElectionPlan, isTraced: Bool = false) {
        self.plan = plan
        self.isTraced = isTraced
        chance = SimulatedChance(seed: plan.seed &* 0x9e37_79b9_7f4a_7c15)
        nodes = plan.nodes.enumerated().map { SimulatedNode($1, place: $0) }
        network = SimulatedNetwork(
            nodes: plan.nodes.count,
            longestDelay: plan.longestDelay,
            duplicates: plan.duplicates,
            reorders: plan.reorders
        )
        addresses = plan.nodes.first?.configuration.routers.compactMap(\.addresses.first?.address.address) ?? []
        promises = ElectionPromises(nodes: plan.nodes.count, routers: addresses.count)
    }

    mutating func note(_ text: @autoclosure () -> String) {
        if isTraced { trace.append("\(Double(now.nanoseconds / 1_000) / 1e6) \(text())") }
    }

    // MARK: Time

    /// Lets time pass to a moment.
    mutating func run(until end: MonotonicTime) {
        while promises.violations.isEmpty {
            var next: MonotonicTime?
            if let moment = network.nextMoment { next = moment }
            for place in nodes.indices {
                if let moment = nodes[place].nextMoment { next = min(next ?? moment, moment) }
                if let moment = nodes[place].sleepsUntil { next = min(next ?? moment, moment) }
            }
            guard let next, next <= end else { break }
            now = max(now, next)
            turn()
        }
        now = max(now, end)
        observe()
    }

    /// One moment: all packets that have come, then all that is due.
    private mutating func turn() {
        for place in nodes.indices {
            guard let end = nodes[place].sleepsUntil, end <= now else { continue }
            nodes[place].sleepsUntil = nil
            note("\(place) wakes")
            let waiting = nodes[place].inbox
            nodes[place].inbox = []
            for packet in waiting { take(nodes[place].received(packet, at: now), from: place) }
        }
        while let delivery = network.popFirst(at: now) {
            if nodes[delivery.to].sleepsUntil != nil {
                if nodes[delivery.to].inbox.count < 64 { nodes[delivery.to].inbox.append(delivery.packet) }
            } else {
                take(nodes[delivery.to].received(delivery.packet, at: now), from: delivery.to)
            }
        }
        for place in nodes.indices {
            guard let moment = nodes[place].nextMoment, moment <= now else { continue }
            take(nodes[place].timePassed(at: now), from: place)
        }
        observe()
    }

    // MARK: What nodes do

    /// Carries out what a node does.
    mutating func take(_ output: SimulatedNode.Output, from place: Int) {
        for action in output.actions {
            if isTraced, action.isWorthTracing { note("\(place) \(action.summary)") }
            switch action {
            case .send(let sent, let router):
                promises.sent(sent.priority, by: router, of: place, at: nodes[place].local(now))
                network.send(sent, from: place, at: now, &chance)
            case .announce(let announcement): announced(announcement.address, by: place)
            case .tell(let event): promises.told(event, by: place, at: now)
            case .open, .claim, .want, .record, .clearRecord, .note: break
            }
        }
        if nodes[place].isRunning, output.actions.contains(where: \.mayChangeStates) {
            promises.hold(nodes[place], addresses: addresses, at: now)
        }
        for router in output.began { promises.forgetClock(of: place, router: "\(router)") }
        for (router, sent) in output.sent {
            note("\(place) model sends \(sent.priority) of \(router)")
            promises.sent(sent.priority, by: "\(router)", of: place, at: nodes[place].local(now))
            network.send(sent, from: place, at: now, &chance)
        }
        for router in output.announced { announced(addresses[router], by: place) }
    }

    private mutating func announced(_ address: IPAddress, by place: Int) {
        guard let router = addresses.firstIndex(of: address) else { return }
        if network.reaches(place, network.neighbour), nodes[place].isLinkUp {
            promises.learned[router] = place
            promises.missed[router] = false
        } else {
            promises.missed[router] = true
        }
    }

    // MARK: Who holds what

    /// The nodes that have the addresses of a router: one whose process has ended counts no more.
    func holders(_ router: Int) -> [Int] {
        nodes.indices.filter {
            (nodes[$0].isRunning || nodes[$0].isRestarting) && nodes[$0].holds(addresses[router], of: router)
        }
    }

    /// Whether two nodes hear each other.
    func connects(_ one: Int, _ other: Int) -> Bool {
        network.connects(one, other) && nodes[one].isLinkUp && nodes[other].isLinkUp
    }

    /// Holds what there is against the promises.
    mutating func observe() {
        for router in addresses.indices {
            let holders = holders(router)
            let isDouble =
                holders.count > 1
                && holders.contains { one in holders.contains { one < $0 && connects(one, $0) } }
            // Two that do not hear each other, and are both heard by the neighbour: nobody knows what it believes.
            let heard = holders.filter { network.reaches($0, network.neighbour) && nodes[$0].isLinkUp }
            if heard.count > 1, heard.contains(where: { one in heard.contains { one < $0 && !connects(one, $0) } }) {
                promises.missed[router] = true
            }
            promises.observed(router, holders: holders, isDouble: isDouble, at: now)
        }
    }
}

extension NodeAction {
    /// Whether states may be other ones than before.
    fileprivate var mayChangeStates: Bool {
        switch self {
        case .tell, .want: true
        case .open, .send, .claim, .announce, .record, .clearRecord, .note: false
        }
    }

    /// Whether it stands in a trace.
    fileprivate var isWorthTracing: Bool {
        switch self {
        case .record, .clearRecord, .note, .claim, .open: false
        case .send, .want, .announce, .tell: true
        }
    }
}
