package import Addresses

/// A message by which an IPv6 host says where it is (RFC 4861 §4.4).
package struct NeighbourAdvertisement: Hashable, Sendable {
    /// Its number among those of ICMPv6.
    static let type: UInt8 = 136

    /// What it says of its sender.
    package struct Flags: OptionSet, Hashable, Sendable {
        /// The bits of the first byte.
        package let rawValue: UInt8

        /// Makes flags of their bits.
        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The sender forwards packets of others.
        package static let router = Flags(rawValue: 0x80)
        /// It was asked.
        package static let solicited = Flags(rawValue: 0x40)
        /// What is known otherwise is to be forgotten.
        package static let override = Flags(rawValue: 0x20)
    }

    package var source: IPv6Address
    package var destination: IPv6Address
    /// The hops that are left: 255, else no host believes it.
    package var hops: UInt8 = 255
    package var flags: Flags
    /// The address that it tells of.
    package var target: IPv6Address
    /// The hardware address of its option; nil without one.
    package var hardware: [UInt8]?

    /// Makes the one by which all on the link learn where an address is.
    init(announcing address: IPv6Address, at hardware: [UInt8], isRouter: Bool) {
        source = address
        destination = .allNodes
        flags = isRouter ? [.override, .router] : .override
        target = address
        self.hardware = hardware
    }

    /// Reads the packet at a place of a frame; nil where it ends before, or is something else.
    init?(_ bytes: [UInt8], at position: Int) {
        guard let header = IPv6Header(bytes, at: position), header.next == IPv6Header.icmp else { return nil }
        var reader = PacketReader(bytes, from: position + IPv6Header.length, to: header.end(in: bytes, at: position))
        guard reader.byte() == Self.type, reader.byte() == 0, reader.number16() != nil, let flags = reader.byte(),
            reader.bytes(3) != nil, case .v6(let target)? = reader.address(.ipv6)
        else { return nil }
        source = header.source
        destination = header.destination
        hops = header.hops
        self.flags = Flags(rawValue: flags)
        self.target = target
        // The option for the hardware address of who is told of, eight bytes long.
        if reader.number16() == 0x0201, let bytes = reader.bytes(EthernetFrame.addressLength) {
            hardware = Array(bytes)
        }
    }

    /// The bytes of the packet with its IPv6 header.
    var bytes: [UInt8] {
        var message: [UInt8] = [Self.type, 0, 0, 0, flags.rawValue, 0, 0, 0]
        message.append(network: IPAddress.v6(target))
        if let hardware { message += [2, 1] + hardware }
        var sum = InternetChecksum()
        sum.add(message[...])
        sum.addPseudoHeader(.v6(source), .v6(destination), proto: IPv6Header.icmp, length: message.count)
        message.set(network: sum.value, at: 2)
        let header = IPv6Header(
            payloadLength: UInt16(clamping: message.count),
            next: IPv6Header.icmp,
            hops: hops,
            source: source,
            destination: destination
        )
        return header.bytes + message
    }
}

extension IPv6Address {
    /// ff02::1, all nodes of the link.
    static let allNodes = IPv6Address(high: 0xff02_0000_0000_0000, low: 1)
}
