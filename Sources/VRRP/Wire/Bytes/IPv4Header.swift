import Addresses

/// The 20 bytes before a message over IPv4 (RFC 791).
struct IPv4Header: Hashable {
    /// The bytes of a header without options.
    static let length = 20

    /// The type of service; network control in advertisements.
    var service: UInt8 = 0xc0
    /// The bytes of the packet with this header.
    var totalLength: UInt16
    /// What tells packets of one sender apart.
    var identification: UInt16
    /// The flags and the place of a fragment; zero, so that routers may take the packet apart.
    var fragment: UInt16 = 0
    /// The hops that are left.
    var hops: UInt8
    /// The number of the protocol of what follows.
    var proto: UInt8
    var source: IPv4Address
    var destination: IPv4Address
    /// The bytes of the header with options.
    var headerLength = IPv4Header.length

    /// Makes a header for a message of so many bytes.
    init(
        messageLength: Int,
        identification: UInt16,
        hops: UInt8,
        carrier: Carrier,
        from source: IPv4Address,
        to destination: IPv4Address
    ) {
        totalLength = UInt16(clamping: messageLength + Self.length)
        self.identification = identification
        self.hops = hops
        proto = carrier.rawValue
        self.source = source
        self.destination = destination
    }

    /// Reads the header at a place of bytes; nil where there is none.
    init?(_ bytes: [UInt8], at position: Int = 0) {
        var reader = PacketReader(bytes, from: position)
        guard let first = reader.byte(), first >> 4 == 4, first & 15 >= 5, let service = reader.byte(),
            let totalLength = reader.number16(), let identification = reader.number16(),
            let fragment = reader.number16(), let hops = reader.byte(), let proto = reader.byte(),
            reader.number16() != nil, let source = reader.number32(), let destination = reader.number32()
        else { return nil }
        self.service = service
        self.totalLength = totalLength
        self.identification = identification
        self.fragment = fragment
        self.hops = hops
        self.proto = proto
        self.source = IPv4Address(value: source)
        self.destination = IPv4Address(value: destination)
        headerLength = Int(first & 15) * 4
    }

    /// The bytes of the header without options, with its checksum.
    var bytes: [UInt8] {
        var bytes: [UInt8] = [0x45, service]
        bytes.reserveCapacity(Self.length)
        bytes.append(network: totalLength)
        bytes.append(network: identification)
        bytes.append(network: fragment)
        bytes += [hops, proto, 0, 0]
        bytes.append(network: source.value)
        bytes.append(network: destination.value)
        var checksum = InternetChecksum()
        checksum.add(bytes[...])
        bytes.set(network: checksum.value, at: 10)
        return bytes
    }
}
