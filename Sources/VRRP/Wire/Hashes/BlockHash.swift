/// A hash that works on blocks of 64 bytes, for HMAC.
///
/// The process of the virtual routers links no library for them: their few lines stand here.
protocol BlockHash: Sendable {
    /// Makes the hash of nothing yet.
    init()

    /// Goes on with more bytes.
    mutating func update(_ bytes: ArraySlice<UInt8>)

    /// The hash of all bytes so far.
    consuming func finish() -> [UInt8]
}

extension BlockHash {
    /// The bytes of a block of all hashes here.
    static var blockSize: Int { 64 }

    /// Goes on with more bytes.
    mutating func update(_ bytes: [UInt8]) {
        update(bytes[...])
    }

    /// The hash of bytes.
    static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var hash = Self()
        hash.update(bytes)
        return hash.finish()
    }
}
