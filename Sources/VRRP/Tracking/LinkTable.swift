import Addresses
import Failover
import Links
import Time

/// The interfaces and addresses of this machine, as far as routers ask for them.
struct LinkTable: Sendable {
    /// An interface with its addresses.
    struct Interface: Hashable, Sendable {
        var state: InterfaceState
        /// Its addresses in the kernel's order.
        private(set) var addresses: [IPAddress] = []
        private var present: Set<IPAddress> = []
        /// Whether it counts as up and running, after its delays.
        var isWell: Bool
        /// When it counts otherwise; nil where nothing is delayed.
        var turn: MonotonicTime?
        /// Since when it counts as up; nil where it was so at the first look.
        var wellSince: MonotonicTime?

        init(_ state: InterfaceState, wellSince: MonotonicTime? = nil) {
            self.state = state
            isWell = state.isUsable
            self.wellSince = state.isUsable ? wellSince : nil
        }

        /// Whether an address stands on it.
        func has(_ address: IPAddress) -> Bool { present.contains(address) }

        /// Takes an address that came.
        ///
        /// - Returns: whether it was not there.
        mutating func add(_ address: IPAddress) -> Bool {
            guard present.insert(address).inserted else { return false }
            addresses.append(address)
            return true
        }

        /// Takes the end of an address.
        ///
        /// - Returns: whether it was there.
        mutating func remove(_ address: IPAddress) -> Bool {
            guard present.remove(address) != nil, let place = addresses.firstIndex(of: address) else { return false }
            addresses.remove(at: place)
            return true
        }
    }

    private(set) var interfaces: [UInt32: Interface] = [:]
    private var indices: [String: UInt32] = [:]
    /// The delays by the names of interfaces.
    var delays: [String: InterfaceDelays] = [:]

    /// Takes all that there is at the start.
    init(_ snapshot: LinksSnapshot) {
        for state in snapshot.interfaces {
            interfaces[state.index] = Interface(state)
            indices[state.name] = state.index
        }
        for state in snapshot.addresses { _ = interfaces[state.interface]?.add(state.address.address) }
    }

    /// A machine without interfaces.
    init() {}

    /// The interface of a name.
    subscript(name: String) -> Interface? {
        indices[name].flatMap { interfaces[$0] }
    }

    /// Whether an address stands anywhere on the machine.
    func hasAddress(_ address: IPAddress) -> Bool {
        interfaces.values.contains { $0.has(address) }
    }

    /// When a delay of an interface ends next.
    var nextTurn: MonotonicTime? {
        interfaces.values.lazy.compactMap(\.turn).min()
    }

    /// Takes an interface as it is now.
    ///
    /// - Returns: the names whose interfaces are other ones now, or count otherwise.
    mutating func take(_ state: InterfaceState, at now: MonotonicTime) -> Set<String> {
        var changed: Set<String> = []
        guard var interface = interfaces[state.index] else {
            // What was made just now is as new as one that came up.
            interfaces[state.index] = Interface(state, wellSince: now)
            indices[state.name] = state.index
            return [state.name]
        }
        if interface.state.name != state.name {
            if indices[interface.state.name] == state.index { indices[interface.state.name] = nil }
            indices[state.name] = state.index
            changed = [interface.state.name, state.name]
        }
        if interface.state.maximumPacket != state.maximumPacket
            || interface.state.hardwareAddress != state.hardwareAddress
        {
            changed.insert(state.name)
        }
        interface.state = state
        let delays = delays[state.name]
        if interface.isWell == state.isUsable {
            interface.turn = nil
        } else {
            let delay = (state.isUsable ? delays?.up : delays?.down) ?? .zero
            if delay > .zero {
                interface.turn = interface.turn ?? now + delay
            } else {
                turn(&interface, at: now)
                changed.insert(state.name)
            }
        }
        interfaces[state.index] = interface
        return changed
    }

    private func turn(_ interface: inout Interface, at now: MonotonicTime) {
        interface.isWell = interface.state.isUsable
        interface.turn = nil
        interface.wellSince = interface.isWell ? now : nil
    }

    /// Takes the end of delays.
    ///
    /// - Returns: the names of interfaces that count otherwise now, in order.
    mutating func timePassed(at now: MonotonicTime) -> [String] {
        let due = interfaces.values.filter { $0.turn.map { $0 <= now } ?? false }.map(\.state)
        for state in due {
            guard var interface = interfaces[state.index] else { continue }
            turn(&interface, at: now)
            interfaces[state.index] = interface
        }
        return due.map(\.name).sorted()
    }

    /// Takes the end of an interface.
    ///
    /// - Returns: its name, where it was known.
    mutating func remove(_ index: UInt32) -> String? {
        guard let interface = interfaces.removeValue(forKey: index) else { return nil }
        let name = interface.state.name
        if indices[name] == index { indices[name] = nil }
        return name
    }

    /// Takes an address that came.
    ///
    /// - Returns: the name of its interface, where it was not known.
    mutating func add(_ address: IPAddress, to index: UInt32) -> String? {
        guard interfaces[index]?.add(address) == true else { return nil }
        return interfaces[index]?.state.name
    }

    /// Takes the end of an address.
    ///
    /// - Returns: the name of its interface, where it was known.
    mutating func remove(_ address: IPAddress, from index: UInt32) -> String? {
        guard interfaces[index]?.remove(address) == true else { return nil }
        return interfaces[index]?.state.name
    }
}
