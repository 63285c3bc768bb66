import Addresses
package import Failover
import Links
package import VRRP

/// What a seed makes: routers, a network, and what happens to them.
///
/// It is a value, so that a failing one can be made smaller.
package struct ElectionPlan: Sendable {
    /// What a node runs.
    package enum Kind: Hashable, Sendable {
        /// Ours.
        case directrix
        /// The model of another implementation.
        case reference(ReferenceRules)
    }

    /// A node.
    package struct Node: Sendable {
        package var kind: Kind
        package var configuration: RouterSet
        /// How fast its clock runs, in millionths beyond the right speed.
        package var drift: Int
        /// When it starts, in milliseconds.
        package var start: Int
    }

    /// Something that happens, so long after what happened before, in milliseconds.
    package struct Step: Sendable {
        package var gap: Int
        package var event: ElectionEvent
    }

    package var seed: UInt64
    package var nodes: [Node]
    package var steps: [Step]
    /// The longest way of a packet, in microseconds.
    package var longestDelay: Int
    /// Copies in a thousand.
    package var duplicates: Int
    /// Whether packets overtake each other.
    package var reorders: Bool

    /// The settings that all nodes share at the beginning.
    package var interval: Duration { nodes.first?.configuration.routers.first?.interval ?? .seconds(1) }

    /// The address of a node.
    static func address(of node: Int) -> IPAddress { .v4(IPv4Address(value: 0x0a00_0001 + UInt32(node))) }
}

/// Something that happens in a history.
package enum ElectionEvent: Hashable, Sendable {
    /// The process ends without a word, and the machine goes on.
    case kill(Int)
    /// The machine ends without a word.
    case reboot(Int)
    /// A process that ended begins again.
    case start(Int)
    /// The process ends without a word, and begins again so many milliseconds later, with its record or without.
    case restart(Int, after: Int, keepsRecord: Bool)
    case stop(Int)
    /// The process stands still for so many milliseconds.
    case pause(Int, Int)
    /// The nodes of the numbers are cut off from all others, and from the neighbour where it is not with them.
    case partition([Int], neighbourIsWithThem: Bool)
    /// What one node sends does not reach another.
    case oneWay(from: Int, to: Int)
    case heal
    /// Packets in a thousand are lost, never three in a row.
    case loss(Int)
    /// Packets that do not count come in: so many, so many milliseconds apart.
    case forge(ForgedPacket, count: Int, every: Int)
    /// One node gets another configuration.
    case reload(Int, ElectionChange)
    /// All nodes get another configuration one after the other, so many milliseconds apart.
    case rolling(ElectionChange, every: Int)
    /// What a node tracks without a weight is not well, or is.
    case track(Int, isWell: Bool)
    case link(Int, isUp: Bool)
    /// Somebody takes a virtual address away.
    case takeAway(Int)
    case order(Int, NodeOrder.Deed)
    /// The wall clock is set, by so many seconds.
    case clock(Int, Int)
}

/// What another configuration changes.
package enum ElectionChange: Hashable, Sendable {
    case nothing
    case priority(UInt8)
    case interval(Int)
    case password(String)
    case addAddress
    case removeAddress
    case name
    case nopreempt(Bool)
    /// The number of the routers grows by ten.
    case number

    /// Whether it may be made on one node after the other without a switch.
    var isGraceful: Bool {
        switch self {
        case .nothing, .interval, .password, .addAddress, .removeAddress, .name, .number: true
        case .priority, .nopreempt: false
        }
    }

    /// A configuration with the change made.
    func applied(to set: RouterSet) -> RouterSet {
        var set = set
        for place in set.routers.indices { apply(to: &set.routers[place], place: place) }
        if self == .name {
            for place in set.groups.indices { set.groups[place].members = set.routers.map(\.name) }
        }
        return set
    }

    private func apply(to router: inout VirtualRouter, place: Int) {
        switch self {
        case .nothing: break
        case .priority(let priority): router.priority = priority
        case .interval(let milliseconds): router.interval = .milliseconds(milliseconds)
        case .password(let text):
            if router.version == .two { router.authentication = .password(Array(text.utf8)) }
        case .addAddress:
            let next = UInt32(0x0a00_0064 + 50 * place + router.addresses.count)
            router.addresses.append(
                VirtualAddress(LinkAddress(.v4(IPv4Address(value: next)), prefixLength: 24, on: "eth0"))
            )
        case .removeAddress: if router.addresses.count > 1 { router.addresses.removeLast() }
        case .name: router.name += "x"
        case .nopreempt(let isSet): router.preemption = isSet ? .never : .atOnce
        case .number: router.routerID = router.routerID < 200 ? router.routerID + 10 : router.routerID
        }
    }
}

/// A packet that does not count, one for each way of not counting.
package enum ForgedPacket: Hashable, Sendable, CaseIterable {
    case checksum
    case password
    case hops
    case version
    case interval
    case type
    case short
    case long
    case ownAddress
    case stranger
    case masterAddressChecksum
    case junk
}
