/// Which part of an address counts.
///
/// An IPv4 mask may have any bits, for so the kernel takes it; IPv6 knows prefix lengths only.
public enum Netmask: Hashable, Sendable {
    /// The bits of the mask, written as an address.
    case ipv4(IPv4Address)
    /// The length of the prefix, 1...128 for the kernel.
    case ipv6(prefixLength: UInt32)

    /// The mask under which every address stands for itself: 255.255.255.255 or 128.
    public static func host(_ family: AddressFamily) -> Netmask {
        switch family {
        case .ipv4: .ipv4(IPv4Address(value: .max))
        case .ipv6: .ipv6(prefixLength: 128)
        }
    }

    /// The family of the addresses it masks.
    public var family: AddressFamily {
        switch self {
        case .ipv4: .ipv4
        case .ipv6: .ipv6
        }
    }

    /// Whether every address stands for itself.
    public var isHost: Bool { self == .host(family) }
}

extension Netmask: CustomStringConvertible {
    /// `255.255.255.0` or `64`.
    public var description: String {
        switch self {
        case .ipv4(let mask): mask.description
        case .ipv6(let length): String(length)
        }
    }
}
