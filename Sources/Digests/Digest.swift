import COpenSSL

/// Digests of bytes that are there as a whole.
package enum Digest {
    /// The 16 bytes of the MD5 digest.
    package static func md5(_ bytes: [UInt8]) -> [UInt8] {
        var digest = MD5Digest()
        digest.update(bytes)
        return digest.value
    }

    /// The 20 bytes of the SHA-1 digest.
    package static func sha1(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Int(SHA_DIGEST_LENGTH)) { buffer, count in
            var context = SHA_CTX()
            SHA1_Init(&context)
            _ = bytes.withUnsafeBytes { SHA1_Update(&context, $0.baseAddress, $0.count) }
            SHA1_Final(buffer.baseAddress, &context)
            count = buffer.count
        }
    }

    /// The 32 bytes of the SHA-256 digest.
    package static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = SHA256Digest()
        digest.update(bytes)
        return digest.value
    }

    /// The 32 bytes of HMAC-SHA-256, RFC 2104.
    package static func hmacSHA256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        KeyedSHA256(key: key).code(of: message)
    }

    /// The 32 bytes of PBKDF2 with HMAC-SHA-256, RFC 8018: one block, as SCRAM calls it `Hi`.
    ///
    /// - Parameter iterations: At least 1; the time is in proportion to it, so a number that a peer names needs a bound.
    package static func pbkdf2SHA256(password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
        var computation = PBKDF2SHA256(password: password, salt: salt, iterations: iterations)
        return computation.advance(by: .max) ?? []
    }
}
