/// The bytes that the checksum of an advertisement covers where implementations differ.
package enum ChecksumForm: Hashable, Codable, Sendable {
    /// Version 3 of IPv4 with a pseudo-header, as keepalived has it.
    case standard
    /// Version 3 of IPv4 without one, as RFC 9568 says (`v3_checksum_as_v2`).
    case messageOnly
    /// Version 3 of IPv4 unicast with the group as destination, as keepalived to 1.3.6 (`old_unicast_checksum`).
    case oldUnicast
}
