import Netlink

extension DecodingError {
    /// A family that is neither IPv4 nor IPv6.
    static func unknownFamily(_ number: UInt16) -> DecodingError { .unknown(of: "address family", UInt32(number)) }

    /// A synchronisation daemon that is neither master nor backup.
    static func unknownRole(_ number: UInt32) -> DecodingError { .unknown(of: "daemon state", number) }
}
