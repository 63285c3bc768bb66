package import Addresses
package import Failover
package import Links
package import Time
package import VRRP

/// A machine with a node of virtual routers, and a kernel that has what is wanted of it at once.
package struct SimulatedMachine: Sendable {
    /// The node.
    package private(set) var node: FailoverNode
    /// The configuration with which it starts.
    package var configuration: RouterSet
    /// Its interfaces.
    package private(set) var interfaces: [InterfaceState]
    /// The addresses on them in the order in which they came.
    package private(set) var addresses: [LinkAddress] = []
    /// The records that outlive the process.
    package private(set) var records: [UInt64: NodeRecord] = [:]
    /// The addresses that the process noted.
    package private(set) var noted: [LinkAddress] = []
    /// The run of the machine.
    package var boot = BootIdentity(high: 1, low: 1)
    /// What the process wants.
    private var wishes: [LinkOwner: LinkWish] = [:]
    /// The addresses that are a router's wherever they are found.
    private var claims: Set<LinkAddress> = []
    /// Whether the process runs.
    package private(set) var isRunning = false

    /// Makes a machine on which nothing has started: interfaces `eth0`, `eth1`, … with an address each, and one of IPv6.
    package init(_ configuration: RouterSet, addresses own: [IPAddress]) {
        self.configuration = configuration
        node = FailoverNode(configuration)
        interfaces = own.indices.map {
            InterfaceState(index: UInt32($0 + 2), name: "eth\($0)", flags: [.up, .running])
        }
        for (place, address) in own.enumerated() {
            addresses.append(LinkAddress(address, prefixLength: 24, on: "eth\(place)"))
            guard case .v4(let number) = address else { continue }
            let local = IPv6Address(high: 0xfe80_0000_0000_0000, low: UInt64(number.value))
            addresses.append(LinkAddress(.v6(local), prefixLength: 64, on: "eth\(place)"))
        }
    }

    /// The addresses that stand on it, virtual ones among them.
    package func holds(_ address: IPAddress) -> Bool { addresses.contains { $0.address == address } }

    /// When it is to be woken; nil for never.
    package var nextMoment: MonotonicTime? { isRunning ? node.nextMoment : nil }

    /// What the kernel has.
    package var snapshot: LinksSnapshot {
        var snapshot = LinksSnapshot()
        snapshot.interfaces = interfaces
        snapshot.addresses = addresses.compactMap(state)
        return snapshot
    }

    // MARK: The process

    /// Starts the process.
    package mutating func start(at now: MonotonicTime, bootMoment: MonotonicTime = MonotonicTime(nanoseconds: 0))
        -> [NodeAction]
    {
        node = FailoverNode(configuration)
        (wishes, claims, isRunning) = ([:], [], true)
        var facts = NodeFacts(boot: boot, bootMoment: bootMoment, links: snapshot)
        facts.records = records.values.sorted { $0.digest < $1.digest }
        facts.belongings = noted
        let actions = node.start(facts, at: now)
        return carryOut(actions, at: now)
    }

    /// Ends the process without a word: what the kernel has stays, and so do the records.
    package mutating func crash() {
        isRunning = false
    }

    /// Ends the run of the machine: the kernel has its own addresses alone when it comes back.
    package mutating func reboot() {
        isRunning = false
        addresses.removeAll { address in noted.contains(address) || claims.contains(address) }
        boot.low += 1
        (records, noted) = ([:], [])
    }

    /// Loses the records, as a file system in memory does.
    package mutating func forgetRecords() { records = [:] }

    /// Has the node do something.
    package mutating func act(at now: MonotonicTime, _ body: (inout FailoverNode) -> [NodeAction]) -> [NodeAction] {
        guard isRunning else { return [] }
        let actions = body(&node)
        return carryOut(actions, at: now)
    }

    /// Ends the process in order.
    package mutating func stop(keeping keeps: Bool = false, at now: MonotonicTime) -> [NodeAction] {
        let actions = act(at: now) { $0.stop(keeping: keeps, at: now) }
        isRunning = false
        return actions
    }

    // MARK: The kernel

    /// Switches the link of an interface.
    package mutating func setLink(_ name: String, isUp: Bool, at now: MonotonicTime) -> [NodeAction] {
        guard let place = interfaces.firstIndex(where: { $0.name == name }) else { return [] }
        interfaces[place].flags = isUp ? [.up, .running] : [.up]
        let state = interfaces[place]
        return act(at: now) { $0.changed(.interface(state), at: now) }
    }

    /// Takes an address away, as somebody at the keyboard does; the kernel has it again at once if it is wanted.
    package mutating func takeAway(_ address: IPAddress, at now: MonotonicTime) -> [NodeAction] {
        guard let place = addresses.firstIndex(where: { $0.address == address }) else { return [] }
        let gone = addresses.remove(at: place)
        var actions = told({ .addressGone($0) }, gone, at: now)
        for (owner, wish) in wishes.sorted(by: { "\($0.key)" < "\($1.key)" })
        where wish.addresses.contains(where: { $0.value == gone && $0.isTracked }) {
            actions += act(at: now) { $0.told(.taken([.address(gone)], from: owner, by: .kernel), at: now) }
        }
        return actions + settle(at: now)
    }

    /// Gives an address that is nobody's virtual one.
    package mutating func give(_ address: LinkAddress, at now: MonotonicTime) -> [NodeAction] {
        addresses.append(address)
        return told({ .address($0) }, address, at: now)
    }

    private func state(_ address: LinkAddress) -> AddressState? {
        interfaces.first { $0.name == address.interface }.map { AddressState(address, interface: $0.index) }
    }

    private mutating func told(
        _ subject: (AddressState) -> LinkChange.Subject,
        _ address: LinkAddress,
        at now: MonotonicTime
    ) -> [NodeAction] {
        guard let state = state(address) else { return [] }
        return act(at: now) { $0.changed(subject(state), at: now) }
    }

    /// Does what concerns the kernel and the records, and hands on what else is to be done.
    private mutating func carryOut(_ actions: [NodeAction], at now: MonotonicTime) -> [NodeAction] {
        var isWishChanged = false
        for action in actions {
            switch action {
            case .claim(let some):
                claims.formUnion(some)
                isWishChanged = true
            case .want(let wish, let owner):
                wishes[owner] = wish
                isWishChanged = true
            case .record(let record): records[record.digest] = record
            case .clearRecord(let digest): records[digest] = nil
            case .note(let some): noted = some
            case .open, .send, .announce, .tell: break
            }
        }
        return isWishChanged ? actions + settle(at: now) : actions
    }

    /// Lets the kernel have what is wanted, and tells the node of it.
    private mutating func settle(at now: MonotonicTime) -> [NodeAction] {
        var wanted: [LinkAddress] = []
        for (_, wish) in wishes.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            for part in wish.addresses where !wanted.contains(part.value) { wanted.append(part.value) }
        }
        var actions: [NodeAction] = []
        for address in addresses where claims.contains(address) && !wanted.contains(address) {
            addresses.removeAll { $0 == address }
            actions += told({ .addressGone($0) }, address, at: now)
        }
        for address in wanted where !addresses.contains(address) {
            addresses.append(address)
            actions += told({ .address($0) }, address, at: now)
        }
        return actions
    }
}
