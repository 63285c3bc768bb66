package import Addresses
package import Time

/// A packet as a raw socket has it.
package struct ReceivedPacket: Hashable, Sendable {
    /// Its bytes: from the IP header on where `includesHeader`, else those after the IP header.
    ///
    /// What a frame was padded with may follow in the first case.
    package var bytes: [UInt8]
    /// Whether `bytes` begins with the IP header, as the kernel has it for IPv4 and not for IPv6.
    package var includesHeader: Bool
    /// The protocol of the socket that it came by.
    package var carrier: Carrier
    /// The address that it came from.
    package var source: IPAddress
    /// The address that it was sent to, a group or one of ours.
    package var destination: IPAddress
    /// The TTL or hop limit that it had left; nil where the kernel does not say.
    package var hops: UInt8?
    /// The interface that it came by.
    package var interface: String
    /// When it came.
    package var arrival: MonotonicTime
    /// The time since 1970 by the wall clock when it came, which trailers are held against.
    package var clock: Duration

    /// Makes a packet.
    package init(
        bytes: [UInt8],
        includesHeader: Bool,
        carrier: Carrier = .vrrp,
        source: IPAddress,
        destination: IPAddress,
        hops: UInt8?,
        interface: String,
        arrival: MonotonicTime,
        clock: Duration = .zero
    ) {
        self.bytes = bytes
        self.includesHeader = includesHeader
        self.carrier = carrier
        self.source = source
        self.destination = destination
        self.hops = hops
        self.interface = interface
        self.arrival = arrival
        self.clock = clock
    }
}
