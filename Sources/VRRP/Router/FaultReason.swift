package import Addresses

/// Why a virtual router takes no part in the election.
package enum FaultReason: Hashable, Codable, Sendable {
    /// Its interface, or one that its addresses stand on, is not up and running, or missing.
    case interfaceDown(String)
    /// Its interface has no address of its family that is not a virtual one.
    case noAddress(AddressFamily, String)
    /// The source address of its advertisements is not on this machine.
    case sourceMissing(IPAddress)
    /// It cannot hear or speak: its sockets could not be opened, with the number of the error (`errno`).
    case noSocket(Int32)
    /// It speaks to peers and has none (`unicast_fault_no_peer`).
    case noPeers
    /// Something that it tracks without a weight is not well.
    case tracked(TrackedSubject)
    /// Somebody took its addresses, routes or rules away again and again.
    case takenAway
    /// An entry that stays as long as the process runs could not be put back (`track_group`).
    case staticEntry(String)
    /// A member of its group is in fault.
    case group(String)
}

extension FaultReason: Comparable {
    /// An order that does not depend on the moment at which each came, so that the same reasons are told in the same order.
    package static func < (left: FaultReason, right: FaultReason) -> Bool {
        left.sortingKey < right.sortingKey
    }

    private var sortingKey: (Int, String) {
        switch self {
        case .interfaceDown(let name): (0, name)
        case .noAddress(_, let name): (1, name)
        case .sourceMissing(let address): (2, "\(address)")
        case .noSocket(let number): (3, "\(number)")
        case .noPeers: (3, "peers")
        case .tracked(let subject): (4 + Int(subject.kind.rawValue), subject.name)
        case .takenAway: (20, "")
        case .staticEntry(let name): (21, name)
        case .group(let name): (22, name)
        }
    }
}
