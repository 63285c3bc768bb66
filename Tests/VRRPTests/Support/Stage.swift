import Addresses
import Failover
import Links
import Time
import VRRP
import VRRPSimulation

/// One machine at 10.0.0.1 and 10.1.0.1, and whoever speaks to it.
struct Stage {
    /// A line of what it did.
    struct Line: Hashable, CustomStringConvertible {
        /// The milliseconds since the start.
        var moment: Int
        var text: String

        var description: String { "\(moment) \(text)" }
    }

    var machine: SimulatedMachine
    private(set) var now = MonotonicTime(nanoseconds: 1_000_000_000_000)
    private let beginning = MonotonicTime(nanoseconds: 1_000_000_000_000)
    /// All that it did.
    private(set) var actions: [(moment: MonotonicTime, action: NodeAction)] = []
    /// The senders of advertisements by their addresses.
    private var writers: [String: AdvertisementWriter] = [:]

    init(_ routers: VirtualRouter..., groups: [SyncGroup] = [], change: (inout RouterSet) -> Void = { _ in }) {
        var set = RouterSet()
        set.routers = routers
        set.groups = groups
        change(&set)
        machine = SimulatedMachine(set, addresses: ["10.0.0.1", "10.1.0.1"].compactMap(IPAddress.init))
    }

    /// Seconds since the start.
    var seconds: Double { Double((now - beginning).nanoseconds) / 1e9 }

    // MARK: What happens

    @discardableResult mutating func start() -> [String] {
        note { machine, now in machine.start(at: now) }
    }

    /// Lets time pass, and wakes the node whenever it wants to be.
    @discardableResult mutating func pass(_ duration: Duration) -> [Line] {
        let (end, count) = (now + duration, actions.count)
        while let next = machine.nextMoment, next <= end {
            now = max(now, next)
            note { machine, now in machine.act(at: now) { $0.timePassed(at: now) } }
        }
        now = end
        return lines(from: count)
    }

    /// Lets time pass without waking the node, as for a process that is stopped.
    mutating func sleep(_ duration: Duration) { now = now + duration }

    /// Wakes the node.
    @discardableResult mutating func wake() -> [String] {
        note { machine, now in machine.act(at: now) { $0.timePassed(at: now) } }
    }

    /// Lets masters speak while packets wait.
    @discardableResult mutating func advertise() -> [String] {
        note { machine, now in machine.act(at: now) { $0.advertise(at: now) } }
    }

    /// An advertisement of another router.
    @discardableResult mutating func hear(
        _ priority: UInt8,
        from source: String = "10.0.0.2",
        of router: VirtualRouter? = nil,
        on interface: String = "eth0"
    ) -> [String] {
        guard let router = router ?? machine.configuration.routers.first, let address = IPAddress(source) else {
            return []
        }
        var writer = writers["\(source) \(router.name)"] ?? AdvertisementWriter(router)
        writer.changed(to: router)
        let sent = writer.write(priority: priority, from: address, clock: .zero)
        writers["\(source) \(router.name)"] = writer
        guard let first = sent.first else { return [] }
        let packet = ReceivedPacket(
            bytes: first.bytes,
            includesHeader: router.family == .ipv4,
            carrier: first.carrier,
            source: address,
            destination: router.audienceAddress ?? first.destination,
            hops: 255,
            interface: interface,
            arrival: now
        )
        return note { machine, now in machine.act(at: now) { $0.received(packet, at: now) } }
    }

    /// Hears an advertisement each interval for a time, the first one at once.
    @discardableResult mutating func hear(
        _ priority: UInt8,
        from source: String = "10.0.0.2",
        of router: VirtualRouter? = nil,
        times: Int,
        every interval: Duration = .seconds(1)
    ) -> [Line] {
        let count = actions.count
        for _ in 0..<times {
            hear(priority, from: source, of: router)
            pass(interval)
        }
        return lines(from: count)
    }

    @discardableResult mutating func tracked(_ kind: TrackedSubject.Kind, _ name: String, _ value: TrackedValue)
        -> [String]
    {
        note { machine, now in machine.act(at: now) { $0.tracked(TrackedSubject(kind, name), value, at: now) } }
    }

    @discardableResult mutating func order(_ deed: NodeOrder.Deed, of name: String? = nil) -> [String] {
        note { machine, now in machine.act(at: now) { $0.ordered(NodeOrder(deed, of: name), at: now) } }
    }

    @discardableResult mutating func setLink(_ name: String, isUp: Bool) -> [String] {
        note { machine, now in machine.setLink(name, isUp: isUp, at: now) }
    }

    @discardableResult mutating func takeAway(_ address: String) -> [String] {
        guard let address = IPAddress(address) else { return [] }
        return note { machine, now in machine.takeAway(address, at: now) }
    }

    @discardableResult mutating func reload(_ change: (inout RouterSet) -> Void) -> [String] {
        change(&machine.configuration)
        return note { machine, now in
            let set = machine.configuration
            return machine.act(at: now) { $0.reconfigure(set, at: now) }
        }
    }

    @discardableResult mutating func stop(keeping keeps: Bool = false) -> [String] {
        note { machine, now in machine.stop(keeping: keeps, at: now) }
    }

    @discardableResult mutating func note(_ body: (inout SimulatedMachine, MonotonicTime) -> [NodeAction]) -> [String] {
        let new = body(&machine, now)
        actions += new.map { (now, $0) }
        return new.filter(\.isWorthALine).map(\.summary)
    }

    // MARK: What came of it

    func state(_ name: String = "VI_1") -> RouterState? {
        machine.node.status.routers.first { $0.name == name }?.state
    }

    func status(_ name: String = "VI_1") -> RouterStatus? {
        machine.node.status.routers.first { $0.name == name }
    }

    func holds(_ address: String = "10.0.0.100") -> Bool {
        IPAddress(address).map { machine.holds($0) } ?? false
    }

    private func lines(from count: Int) -> [Line] {
        actions[count...].filter(\.action.isWorthALine).map {
            Line(moment: Int(($0.moment - beginning).nanoseconds / 1_000_000), text: $0.action.summary)
        }
    }
}

extension NodeAction {
    /// Records and noted addresses stand in no list of a test but their own.
    var isWorthALine: Bool {
        switch self {
        case .record, .clearRecord, .note, .claim, .open: false
        case .want(_, .statics): false
        case .want, .send, .announce, .tell: true
        }
    }
}

extension VirtualRouter {
    /// The group that its advertisements go to; nil for peers.
    var audienceAddress: IPAddress? {
        switch audience {
        case .multicast(let settings): settings.group
        case .unicast: IPAddress("10.0.0.1")
        }
    }
}

extension [Stage.Line] {
    /// The lines with a text.
    func moments(of text: String) -> [Int] { filter { $0.text == text }.map(\.moment) }
}
