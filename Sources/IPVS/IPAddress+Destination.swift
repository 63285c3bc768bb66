import Addresses

// Which addresses `ip_vs_new_dest` refuses on a machine that has no link-local address of that kind itself.

extension IPAddress {
    /// Whether the simulated kernel takes the address for a real server's.
    var canBeDestination: Bool {
        switch self {
        case .v4(let address): address.canBeDestination
        case .v6(let address): address.canBeDestination
        }
    }
}

extension IPv4Address {
    /// Whether this is neither 0.0.0.0 nor a multicast address nor the broadcast to all.
    var canBeDestination: Bool { self != .any && !isMulticast && value != .max }
}

extension IPv6Address {
    /// Whether this is neither `::` nor a multicast, link-local or mapped IPv4 address.
    var canBeDestination: Bool { self != .any && !isMulticast && !isLinkLocal && mappedIPv4 == nil }
}
