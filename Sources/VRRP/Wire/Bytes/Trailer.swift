import Addresses

/// The 28 bytes after a message by which it proves who sent it (keepalived 2.4, `auth_hmac`).
struct Trailer: Hashable {
    static let length = 28
    /// The bytes of its digest: HMAC-SHA-256 cut to 128 bits.
    static let digestLength = 16

    /// The kind of trailer; 1.
    var type: UInt8 = 1
    /// The number of the key.
    var key: UInt8
    /// Zero.
    var reserved: UInt16 = 0
    /// The place among the advertisements of the sender.
    var sequence: TrailerSequence
    /// The digest.
    var digest: [UInt8]

    /// Makes a trailer whose digest is to come.
    init(key: UInt8, sequence: TrailerSequence) {
        self.key = key
        self.sequence = sequence
        digest = Array(repeating: 0, count: Self.digestLength)
    }

    /// Reads the trailer at a place of bytes; nil where they end.
    init?(_ bytes: [UInt8], at position: Int) {
        var reader = PacketReader(bytes, from: position)
        guard let type = reader.byte(), let key = reader.byte(), let reserved = reader.number16(),
            let sequence = reader.number64(), let digest = reader.bytes(Self.digestLength)
        else { return nil }
        self.type = type
        self.key = key
        self.reserved = reserved
        self.sequence = TrailerSequence(rawValue: sequence)
        self.digest = Array(digest)
    }

    /// Appends its bytes.
    func append(to bytes: inout [UInt8]) {
        bytes += [type, key]
        bytes.append(network: reserved)
        bytes.append(network: sequence.rawValue)
        bytes += digest
    }

    /// The digest of a message of which this is the trailer.
    ///
    /// - Parameter message: the bytes from the VRRP head to before the trailer; at least the head.
    func digest(of message: ArraySlice<UInt8>, from source: IPAddress, key: HMAC<SHA256>) -> [UInt8] {
        guard message.count >= MessageHead.length else { return [] }
        var head: [UInt8] = [
            source.family == .ipv4 ? 4 : 6, message[message.startIndex] >> 4, message[message.startIndex + 1], 0,
        ]
        head.reserveCapacity(20)
        head.append(network: source)
        head += repeatElement(0, count: 20 - head.count)
        let checksum = message.startIndex + MessageHead.checksumPlace
        var bare = self
        bare.digest = Array(repeating: 0, count: Self.digestLength)
        var tail: [UInt8] = []
        tail.reserveCapacity(Self.length)
        bare.append(to: &tail)
        let code = key.code(head[...], message[..<checksum], [0, 0], message[(checksum + 2)...], tail[...])
        return Array(code.prefix(Self.digestLength))
    }
}
