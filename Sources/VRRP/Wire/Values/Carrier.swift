/// The protocol of IP that an advertisement came in.
package enum Carrier: UInt8, Hashable, Sendable {
    /// VRRP itself.
    case vrrp = 112
    /// An authentication header before it (RFC 2402).
    case authenticationHeader = 51
}
