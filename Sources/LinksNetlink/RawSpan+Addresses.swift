import Addresses
import Links
import Netlink

extension RawSpan {
    /// The address that an attribute holds.
    ///
    /// - Throws: `DecodingError.short` when the attribute is shorter than an address of the family.
    func address(_ attribute: Attribute, _ family: AddressFamily) throws(DecodingError) -> IPAddress {
        try address(family, in: attribute.content, of: attribute.type)
    }

    /// The address at the front of a part of an attribute of that type.
    ///
    /// - Throws: `DecodingError.short` when there is less than an address of the family.
    func address(_ family: AddressFamily, in range: Range<Int>, of type: UInt16) throws(DecodingError) -> IPAddress {
        switch family {
        case .ipv4:
            guard range.count >= 4 else { throw .short(attribute: type) }
            return .v4(IPv4Address(value: UInt32(bigEndian: load(UInt32.self, at: range.lowerBound))))
        case .ipv6:
            guard range.count >= 16 else { throw .short(attribute: type) }
            return .v6(
                IPv6Address(
                    high: UInt64(bigEndian: load(UInt64.self, at: range.lowerBound)),
                    low: UInt64(bigEndian: load(UInt64.self, at: range.lowerBound + 8))
                )
            )
        }
    }

    /// The prefix that an attribute and a length in the header make; nil where it is for all addresses.
    ///
    /// - Throws: `DecodingError.short` as `address`, `.unknown` of a length that no address of the family has.
    func prefix(
        _ attribute: Attribute?,
        length: UInt8,
        _ family: AddressFamily
    ) throws(DecodingError) -> NetworkPrefix? {
        guard length <= family.bits else { throw .unknown(of: "prefix length", UInt32(length)) }
        guard length > 0, let attribute else { return nil }
        return NetworkPrefix(try address(attribute, family), length: length)
    }

    /// The bytes that an attribute holds, at most so many.
    func bytes(_ attribute: Attribute, limit: Int) -> [UInt8] {
        attribute.content.prefix(limit).map { load(UInt8.self, at: $0) }
    }
}
