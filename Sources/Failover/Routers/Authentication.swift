/// How advertisements prove who sends them.
package enum Authentication: Hashable, Codable, Sendable {
    /// A password of at most 8 bytes in clear text (version 2, `PASS`).
    case password([UInt8])
    /// An authentication header by HMAC-MD5 with a key of at most 8 bytes (version 2 of IPv4, `AH`).
    case header([UInt8])
    /// A trailer by HMAC-SHA-256 (keepalived 2.4, `auth_hmac`).
    case trailer(TrailerSettings)
}
