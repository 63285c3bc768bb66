package import Addresses

/// How far an address leads, seen from this machine.
///
/// A server may send a check to another place of its own scope, or out into the world, but not from outside into this
/// machine or onto its link, where a request may do what nobody outside could ask for.
package enum AddressScope: Hashable, Sendable {
    /// This machine: its loopback, its own addresses, and what the kernel takes for them.
    case thisMachine
    /// The link that this machine is on, and no farther: `169.254.0.0/16`, `fe80::/10`.
    case link
    /// Anywhere else.
    case elsewhere

    /// The scope that the address alone tells; nil where only the kernel knows whether it is this machine's.
    package init?(_ address: IPAddress) {
        switch address {
        case .v4(let address): self.init(address)
        case .v6(let address):
            if let mapped = address.mappedIPv4 {
                self.init(mapped)
            } else if address.high == 0, address.low <= 1 {
                // `::` is what the kernel takes for `::1` in a connection.
                self = .thisMachine
            } else if address.isLinkLocal {
                self = .link
            } else {
                return nil
            }
        }
    }

    private init?(_ address: IPv4Address) {
        switch address.value >> 24 {
        // A connection to 0.0.0.0 leads to the machine itself.
        case 0, 127: self = .thisMachine
        case 169 where address.value >> 16 == 0xa9fe: self = .link
        default: return nil
        }
    }
}
