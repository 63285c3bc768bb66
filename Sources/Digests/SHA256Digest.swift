import COpenSSL

/// The SHA-256 digest of bytes that come in pieces.
struct SHA256Digest: Sendable {
    fileprivate var context = SHA256_CTX()

    init() {
        SHA256_Init(&context)
    }

    mutating func update(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { SHA256_Update(&context, $0.baseAddress, $0.count) }
    }

    var value: [UInt8] {
        var copy = context
        return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { buffer, count in
            SHA256_Final(buffer.baseAddress, &copy)
            count = buffer.count
        }
    }
}

/// HMAC-SHA-256 with one key for many messages.
struct KeyedSHA256: Sendable {
    private var inner = SHA256Digest()
    private var outer = SHA256Digest()

    init(key: [UInt8]) {
        var block = key
        if key.count > KeyedSHA256.blockSize {
            var digest = SHA256Digest()
            digest.update(key)
            block = digest.value
        }
        block += [UInt8](repeating: 0, count: KeyedSHA256.blockSize - block.count)
        inner.update(block.map { $0 ^ 0x36 })
        outer.update(block.map { $0 ^ 0x5c })
    }

    func code(of message: [UInt8]) -> [UInt8] {
        var first = inner
        first.update(message)
        var second = outer
        second.update(first.value)
        return second.value
    }

    /// Puts the code of the 32 bytes of a buffer in their place.
    func replace(_ bytes: UnsafeMutableRawBufferPointer) {
        let place = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var context = inner.context
        SHA256_Update(&context, place, bytes.count)
        SHA256_Final(place, &context)
        context = outer.context
        SHA256_Update(&context, place, bytes.count)
        SHA256_Final(place, &context)
    }

    private static let blockSize = 64
}
