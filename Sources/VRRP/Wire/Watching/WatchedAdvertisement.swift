package import Addresses
import Failover
import Time

/// An advertisement as it was seen on the wire, whoever it was for, with fields that nobody has checked.
package struct WatchedAdvertisement: Hashable, Sendable {
    /// The packet as a socket would have it.
    package let packet: ReceivedPacket
    /// The type of service or traffic class.
    package let service: UInt8
    /// The number that tells packets of one sender apart, with IPv4.
    package let identification: UInt16?
    /// The bytes that a frame was padded with behind the packet.
    package let padding: Int

    let layout: PacketLayout

    /// Reads the IPv4 packet at a place of a frame; nil where its protocol is another one, or it ends before its head is complete.
    init?(ipv4 frame: [UInt8], at position: Int, clock: Duration) {
        // Behind the header of a fragment that is not the first one stands no head.
        guard let header = IPv4Header(frame, at: position), header.fragment & 0x1fff == 0,
            let carrier = Carrier(rawValue: header.proto)
        else { return nil }
        let bytes = Array(frame[position...])
        packet = ReceivedPacket(
            bytes: bytes,
            includesHeader: true,
            carrier: carrier,
            source: .v4(header.source),
            destination: .v4(header.destination),
            hops: header.hops,
            interface: "",
            arrival: MonotonicTime(nanoseconds: 0),
            clock: clock
        )
        service = header.service
        identification = header.identification
        padding = max(bytes.count - Int(header.totalLength), 0)
        guard let layout = try? PacketLayout(of: packet) else { return nil }
        self.layout = layout
    }

    /// Reads the IPv6 packet at a place of a frame; nil where its protocol is another one, or it ends before its head is complete.
    init?(ipv6 frame: [UInt8], at position: Int, clock: Duration) {
        guard let header = IPv6Header(frame, at: position), header.next == Carrier.vrrp.rawValue else { return nil }
        let start = position + IPv6Header.length
        let end = header.end(in: frame, at: position)
        guard start <= end else { return nil }
        packet = ReceivedPacket(
            bytes: Array(frame[start..<end]),
            includesHeader: false,
            source: .v6(header.source),
            destination: .v6(header.destination),
            hops: header.hops,
            interface: "",
            arrival: MonotonicTime(nanoseconds: 0),
            clock: clock
        )
        service = header.service
        identification = nil
        padding = frame.count - end
        guard let layout = try? PacketLayout(of: packet) else { return nil }
        self.layout = layout
    }

    /// The number of the virtual router.
    package var routerID: UInt8 { layout.head.routerID }
    /// The version of the protocol, of 4 bits.
    package var version: UInt8 { layout.head.version }
    /// The kind of message, of 4 bits; 1.
    package var type: UInt8 { layout.head.type }
    package var priority: UInt8 { layout.head.priority }
    package var interval: Duration { layout.head.interval }
    /// The number of the way in which it proves who sent it; nil in version 3, which has none.
    package var authentication: UInt8? { layout.head.version == 2 ? layout.head.authentication : nil }
    /// The addresses that are there, fewer than it says where it is cut.
    package var addresses: [IPAddress] { layout.addresses(in: packet.bytes) }
    /// The number of addresses that it says.
    package var addressCount: Int { Int(layout.head.count) }
    /// Its checksum.
    package var checksum: UInt16 { layout.head.checksum }
    /// The authentication header before it; nil for none.
    var authenticationHeader: AuthenticationHeader? {
        layout.authenticationHeader.flatMap { AuthenticationHeader(packet.bytes, at: $0) }
    }
    /// The trailer behind it; nil for none.
    var trailer: Trailer? { layout.hasTrailer ? Trailer(packet.bytes, at: layout.messageEnd) : nil }

    /// The bytes for a password, in version 2 of IPv4; fewer than 8 where it is cut.
    package var password: [UInt8]? {
        guard layout.head.version == 2, layout.family == .ipv4 else { return nil }
        let start = min(layout.passwordStart, layout.end)
        return Array(packet.bytes[start..<max(start, min(layout.messageEnd, layout.end))])
    }
}
