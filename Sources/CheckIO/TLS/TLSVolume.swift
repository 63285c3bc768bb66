/// What a server sends in TLS that is no data.
///
/// Records of one byte, empty ones and updates of keys cost the more the less they carry, and may go on for ever: no
/// dialogue sees them.
struct TLSVolume {
    /// The bytes of a handshake; OpenSSL takes certificates of 100 KiB.
    static let handshakeLimit = 128 << 10
    /// The bytes beside the data after it, tickets for sessions for instance.
    static let besideLimit = 32 << 10
    /// The bytes beside each byte of data that a server may send besides; short lines have more than one each.
    private static let besideEach = 4

    private var handshake = 0
    private var beside = 0
    private var data = 0

    /// Takes note of bytes of the connection; whether they are too many for a handshake.
    mutating func received(_ count: Int, isEstablished: Bool) {
        if isEstablished { beside += count } else { handshake += count }
    }

    /// Takes note of bytes of data.
    mutating func decrypted(_ count: Int) {
        beside -= count
        data += count
    }

    /// Why the server has sent too much; nil while it has not.
    var excess: String? {
        if handshake > Self.handshakeLimit { return "the TLS handshake is longer than \(Self.handshakeLimit) bytes" }
        guard beside > Self.besideLimit, beside - Self.besideLimit > Self.besideEach * data else { return nil }
        return "more than \(Self.besideLimit) bytes of TLS around \(data) bytes of data"
    }
}
