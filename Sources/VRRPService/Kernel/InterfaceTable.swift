import Addresses
import Links
import System
import Time
import VRRP
import VRRPIO

/// What frames need to know of interfaces: their numbers and hardware addresses, and whether the machine is a router on them.
struct InterfaceTable {
    /// How long it is believed that an interface forwards or does not; nothing tells of that.
    private static let belief = Duration.seconds(5)

    private var names: [UInt32: String] = [:]
    private var states: [String: InterfaceState] = [:]
    private var forwarding: [String: (isOn: Bool, until: MonotonicTime)] = [:]

    /// Knows of no interface.
    init() {}

    /// Knows all interfaces of a snapshot.
    init(_ snapshot: LinksSnapshot) {
        for state in snapshot.interfaces { put(state) }
    }

    /// Takes a change that the kernel told of.
    mutating func take(_ subject: LinkChange.Subject) {
        switch subject {
        case .interface(let state): put(state)
        case .interfaceGone(let state): remove(state.index)
        case .address, .addressGone, .route, .routeGone, .rule, .ruleGone, .overrun: break
        }
    }

    private mutating func put(_ state: InterfaceState) {
        remove(state.index)
        names[state.index] = state.name
        states[state.name] = state
    }

    private mutating func remove(_ index: UInt32) {
        guard let name = names.removeValue(forKey: index) else { return }
        states[name] = nil
    }

    /// The frame of an announcement; nil where its interface is gone, or has no hardware address of Ethernet.
    mutating func frame(of announcement: Announcement, at now: MonotonicTime) -> OutgoingFrame? {
        guard let state = states[announcement.interface] else { return nil }
        let isRouter = announcement.address.family == .ipv6 && forwards(state.name, at: now)
        guard let bytes = announcement.frame(from: state.hardwareAddress, isRouter: isRouter) else { return nil }
        return OutgoingFrame(bytes, interface: state.index)
    }

    private mutating func forwards(_ interface: String, at now: MonotonicTime) -> Bool {
        if let known = forwarding[interface], known.until > now { return known.isOn }
        let text = SystemFile.text("/proc/sys/net/ipv6/conf/\(interface)/forwarding")
        let isOn = text.map { $0.first != "0" } ?? false
        forwarding[interface] = (isOn, now + Self.belief)
        return isOn
    }
}
