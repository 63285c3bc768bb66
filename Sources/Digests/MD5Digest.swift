import COpenSSL

/// The MD5 digest of bytes that come in pieces; a value, so that a copy goes its own way.
package struct MD5Digest: Sendable {
    private var context = MD5_CTX()

    /// Begins with no bytes.
    package init() {
        MD5_Init(&context)
    }

    /// Takes the next bytes.
    package mutating func update(_ bytes: RawSpan) {
        _ = bytes.withUnsafeBytes { MD5_Update(&context, $0.baseAddress, $0.count) }
    }

    /// Takes the next bytes.
    package mutating func update(_ bytes: [UInt8]) {
        update(bytes.span.bytes)
    }

    /// The 16 bytes of the digest of everything taken so far.
    package var value: [UInt8] {
        var copy = context
        return [UInt8](unsafeUninitializedCapacity: Int(MD5_DIGEST_LENGTH)) { buffer, count in
            MD5_Final(buffer.baseAddress, &copy)
            count = buffer.count
        }
    }
}
