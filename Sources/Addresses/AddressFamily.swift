/// The family of a network address.
public enum AddressFamily: Hashable, Comparable, CaseIterable, Codable, Sendable {
    /// Internet protocol version 4, `AF_INET`.
    case ipv4
    /// Internet protocol version 6, `AF_INET6`.
    case ipv6
}
