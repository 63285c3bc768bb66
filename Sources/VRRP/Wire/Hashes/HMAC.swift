/// A code that proves who made a message to those who share a key (RFC 2104).
///
/// The key is worked in once; a message costs its own blocks and one more.
struct HMAC<Hash: BlockHash>: Sendable {
    private let inner: Hash
    private let outer: Hash

    /// Works a key in, of any length.
    init(key: [UInt8]) {
        var padded = key.count > Hash.blockSize ? Hash.hash(key) : key
        padded += repeatElement(0, count: Hash.blockSize - padded.count)
        var inner = Hash()
        inner.update(padded.map { $0 ^ 0x36 })
        var outer = Hash()
        outer.update(padded.map { $0 ^ 0x5c })
        self.inner = inner
        self.outer = outer
    }

    /// The code of a message that lies in pieces one after the other.
    func code(_ pieces: ArraySlice<UInt8>...) -> [UInt8] {
        var message = inner
        for piece in pieces { message.update(piece) }
        var code = outer
        code.update(message.finish())
        return code.finish()
    }
}
