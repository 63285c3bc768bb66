import Addresses

/// The 40 bytes before a message over IPv6 (RFC 8200).
struct IPv6Header: Hashable {
    static let length = 40
    /// The number of ICMPv6.
    static let icmp: UInt8 = 58

    /// The traffic class.
    var service: UInt8 = 0
    /// What the kernel gives each flow, of 20 bits.
    var flow: UInt32 = 0
    /// The bytes that follow the header.
    var payloadLength: UInt16
    /// The number of the protocol of what follows.
    var next: UInt8
    var hops: UInt8
    var source: IPv6Address
    var destination: IPv6Address

    /// Makes a header.
    init(payloadLength: UInt16, next: UInt8, hops: UInt8, source: IPv6Address, destination: IPv6Address) {
        self.payloadLength = payloadLength
        self.next = next
        self.hops = hops
        self.source = source
        self.destination = destination
    }

    /// Reads the header at a place of bytes; nil where there is none.
    init?(_ bytes: [UInt8], at position: Int) {
        var reader = PacketReader(bytes, from: position)
        guard let first = reader.number32(), first >> 28 == 6, let payloadLength = reader.number16(),
            let next = reader.byte(), let hops = reader.byte(), case .v6(let source)? = reader.address(.ipv6),
            case .v6(let destination)? = reader.address(.ipv6)
        else { return nil }
        service = UInt8(truncatingIfNeeded: first >> 20)
        flow = first & 0xf_ffff
        self.payloadLength = payloadLength
        self.next = next
        self.hops = hops
        self.source = source
        self.destination = destination
    }

    /// The end of what it stands before, within the bytes that are there.
    func end(in bytes: [UInt8], at position: Int) -> Int {
        min(position + Self.length + Int(payloadLength), bytes.count)
    }

    /// The bytes of the header.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.length + 32)
        bytes.append(network: 6 << 28 | UInt32(service) << 20 | flow & 0xf_ffff)
        bytes.append(network: payloadLength)
        bytes += [next, hops]
        bytes.append(network: IPAddress.v6(source))
        bytes.append(network: IPAddress.v6(destination))
        return bytes
    }
}
