/// A hash that works on blocks of 64 bytes, for HMAC.
///
/// The process of the virtual routers links no library for them: their few lines stand here.
protocol BlockHash: Sendable {
    /// Whether the first byte of a word is its highest.
    static var isBigEndian: Bool { get }

    /// The words of the block that is being filled.
    var block: InlineArray<16, UInt32> { get set }
    /// The bytes so far.
    var count: UInt64 { get set }
    /// The words of the hash, as many as it has bytes a quarter.
    var words: [UInt32] { get }

    /// Makes the hash of nothing yet.
    init()

    /// Takes the block, which is full, into the state.
    mutating func compress()
}

extension BlockHash {
    /// The bytes of a block of all hashes here.
    static var blockSize: Int { 64 }

    /// Goes on with more bytes.
    mutating func update(_ bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        // Whole words, as long as the block is at the beginning of one.
        while count & 3 == 0, index &+ 4 <= bytes.endIndex {
            let high = UInt32(bytes[index]) << 8 | UInt32(bytes[index &+ 1])
            let low = UInt32(bytes[index &+ 2]) << 8 | UInt32(bytes[index &+ 3])
            block[Int(count & 63) / 4] = Self.ordered(high << 16 | low)
            count &+= 4
            index &+= 4
            if count & 63 == 0 { compress() }
        }
        for byte in bytes[index...] { append(byte) }
    }

    /// The hash of all bytes so far.
    consuming func finish() -> [UInt8] {
        let bits = count &* 8
        append(0x80)
        while count & 3 != 0 { append(0) }
        var word = Int(count & 63) / 4
        if word > 14 {
            block[15] = 0
            compress()
            word = 0
        }
        while word < 14 {
            block[word] = 0
            word &+= 1
        }
        let (high, low) = (UInt32(truncatingIfNeeded: bits >> 32), UInt32(truncatingIfNeeded: bits))
        (block[14], block[15]) = Self.isBigEndian ? (high, low) : (low, high)
        compress()
        let words = words
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 * words.count)
        for word in words { bytes.append(network: Self.ordered(word)) }
        return bytes
    }

    private mutating func append(_ byte: UInt8) {
        let index = Int(count % 64)
        block[index / 4] = block[index / 4] << 8 | UInt32(byte)
        count &+= 1
        guard index & 3 == 3 else { return }
        block[index / 4] = Self.ordered(block[index / 4])
        if index == 63 { compress() }
    }

    /// A word whose highest byte is the first one, as the hash has it, or the other way round.
    private static func ordered(_ word: UInt32) -> UInt32 { isBigEndian ? word : word.byteSwapped }

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
