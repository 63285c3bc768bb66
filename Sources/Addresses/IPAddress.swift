/// An address of either family.
///
/// IPv4 addresses come before IPv6 addresses in the order; within a family the numbers decide.
public enum IPAddress: Hashable, Comparable, Sendable {
    /// An IPv4 address, `AF_INET` for the kernel.
    case v4(IPv4Address)
    /// An IPv6 address without a zone, `AF_INET6` for the kernel.
    case v6(IPv6Address)

    /// The family this address belongs to.
    public var family: AddressFamily {
        switch self {
        case .v4: .ipv4
        case .v6: .ipv6
        }
    }

    /// 0.0.0.0 or `::`.
    public static func any(_ family: AddressFamily) -> IPAddress {
        switch family {
        case .ipv4: .v4(.any)
        case .ipv6: .v6(.any)
        }
    }

    /// Whether this is 0.0.0.0 or `::`.
    public var isAny: Bool { self == .any(family) }

    /// Whether this is a multicast address of its family.
    public var isMulticast: Bool {
        switch self {
        case .v4(let address): address.isMulticast
        case .v6(let address): address.isMulticast
        }
    }
}

extension IPAddress: LosslessStringConvertible {
    /// Reads an address as `inet_pton` does, of whichever family fits.
    public init?(_ description: String) {
        if let address = IPv4Address(description) {
            self = .v4(address)
        } else if let address = IPv6Address(description) {
            self = .v6(address)
        } else {
            return nil
        }
    }

    /// The address as `inet_ntop` writes it: `10.0.0.1` or `2001:db8::1`.
    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }
}
