import Digests

/// The secret that a client of RADIUS shares with its server: it hides passwords and signs packets.
struct RADIUSSecret: Hashable {
    let bytes: [UInt8]

    /// A password as a request bears it, RFC 2865 section 5.2: 16 to 128 bytes; nil where it is longer than 128.
    func hide(_ password: [UInt8], authenticator: [UInt8]) -> [UInt8]? {
        guard password.count <= RADIUSSecret.passwordLimit else { return nil }
        let blocks = max((password.count + 15) / 16, 1)
        let padded = password + [UInt8](repeating: 0, count: 16 * blocks - password.count)
        var hidden: [UInt8] = []
        var previous = authenticator
        for block in 0..<blocks {
            previous = Array(padded[16 * block..<16 * (block + 1)]) ^ Digest.md5(bytes + previous)
            hidden += previous
        }
        return hidden
    }

    /// The request with its Message-Authenticator computed, RFC 3579 section 3.2.
    func sign(_ request: RADIUSPacket) -> RADIUSPacket {
        let empty = request.with(messageAuthenticator: RADIUSSecret.zeros)
        return empty.with(messageAuthenticator: Digest.hmacMD5(empty.encoded, key: bytes))
    }

    /// Whether a response is signed by who knows the secret, and answers the request of that authenticator.
    func proves(_ response: RADIUSPacket, to requestAuthenticator: [UInt8]) -> Bool {
        let asked = response.with(authenticator: requestAuthenticator)
        guard Digest.md5(asked.encoded + bytes) == response.authenticator else { return false }
        let signatures = response.attributes.filter { $0.kind == RADIUSPacket.Attribute.messageAuthenticator }
        guard let signature = signatures.first else { return true }
        let expected = Digest.hmacMD5(asked.with(messageAuthenticator: RADIUSSecret.zeros).encoded, key: bytes)
        return signatures.count == 1 && signature.value == expected
    }

    static let passwordLimit = 128
    private static let zeros = [UInt8](repeating: 0, count: 16)
}
