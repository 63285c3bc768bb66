/// The head of a frame as a packet socket has it.
struct EthernetFrame: Hashable {
    /// What follows the head (`ETH_P_…`).
    enum Kind {
        static let ipv4: UInt16 = 0x0800
        static let arp: UInt16 = 0x0806
        static let ipv6: UInt16 = 0x86dd
        /// A tag of a VLAN, before another kind.
        static let tags: Set<UInt16> = [0x8100, 0x88a8]
    }

    /// The bytes of a hardware address.
    static let addressLength = 6
    /// To all on the link.
    static let broadcast = [UInt8](repeating: 0xff, count: addressLength)

    var destination: [UInt8]
    var source: [UInt8]
    var kind: UInt16
    /// The place of what it carries.
    var payload: Int

    /// Makes the head of a frame without tags.
    init(from source: [UInt8], to destination: [UInt8], kind: UInt16) {
        self.source = source
        self.destination = destination
        self.kind = kind
        payload = 14
    }

    /// Reads the head of a frame, behind at most two tags; nil where it ends before.
    init?(_ bytes: [UInt8]) {
        var reader = PacketReader(bytes)
        guard let destination = reader.bytes(Self.addressLength), let source = reader.bytes(Self.addressLength),
            var kind = reader.number16()
        else { return nil }
        for _ in 0..<2 where Kind.tags.contains(kind) {
            guard reader.number16() != nil, let inner = reader.number16() else { return nil }
            kind = inner
        }
        self.destination = Array(destination)
        self.source = Array(source)
        self.kind = kind
        payload = reader.position
    }

    /// The bytes of the head.
    var bytes: [UInt8] {
        var bytes = destination + source
        bytes.append(network: kind)
        return bytes
    }
}
