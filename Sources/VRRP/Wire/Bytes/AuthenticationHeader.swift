/// The 24 bytes between IP and a VRRP 2 message with `auth_type AH` (RFC 2402).
struct AuthenticationHeader: Hashable {
    static let length = 24
    /// The bytes of its digest: HMAC-MD5 cut to 96 bits.
    static let digestLength = 12

    /// The protocol of what follows.
    var next: UInt8 = Carrier.vrrp.rawValue
    /// Its length in words of 32 bits, without two.
    var words: UInt8 = 4
    /// The sender's IPv4 address as a number.
    var index: UInt32
    /// The place among the advertisements of the sender, from 1.
    var sequence: UInt32
    /// The digest.
    var digest: [UInt8]

    /// Makes a header whose digest is to come.
    init(index: UInt32, sequence: UInt32) {
        self.index = index
        self.sequence = sequence
        digest = Array(repeating: 0, count: Self.digestLength)
    }

    /// Reads the header at a place of bytes; nil where they end.
    init?(_ bytes: [UInt8], at position: Int) {
        var reader = PacketReader(bytes, from: position)
        guard let next = reader.byte(), let words = reader.byte(), reader.number16() != nil,
            let index = reader.number32(), let sequence = reader.number32(),
            let digest = reader.bytes(Self.digestLength)
        else { return nil }
        self.next = next
        self.words = words
        self.index = index
        self.sequence = sequence
        self.digest = Array(digest)
    }

    /// Appends its bytes.
    func append(to bytes: inout [UInt8]) {
        bytes += [next, words, 0, 0]
        bytes.append(network: index)
        bytes.append(network: sequence)
        bytes += digest
    }

    /// The digest of a packet from its IP header to its end.
    ///
    /// What routers change on the way counts as zero: the service, the flags, the checksum. keepalived counts the hops as zero in
    /// packets to peers alone.
    static func digest(of packet: ArraySlice<UInt8>, headerAt position: Int, isUnicast: Bool, key: HMAC<MD5>) -> [UInt8]
    {
        var copy = Array(packet)
        guard copy.count >= position + length, position >= IPv4Header.length else { return [] }
        for place in [1, 6, 7, 10, 11] { copy[place] = 0 }
        if isUnicast { copy[8] = 0 }
        let digestStart = position + length - digestLength
        for place in digestStart..<position + length { copy[place] = 0 }
        return Array(key.code(copy[...]).prefix(digestLength))
    }
}
