package import Addresses

/// An advertisement as it goes out by a raw socket.
package struct SentAdvertisement: Hashable, Sendable {
    /// Its bytes: with the IP header where it is IPv4 (`IP_HDRINCL`), from the VRRP head on where it is IPv6.
    package var bytes: [UInt8]
    /// The protocol of the socket that it goes out by.
    package var carrier: Carrier
    /// The source, to be chosen in no other way than by us.
    package var source: IPAddress
    /// The group or the peer.
    package var destination: IPAddress
    /// The hop limit of IPv6; nil for the kernel's own.
    ///
    /// That of IPv4 stands in `bytes`.
    package var hops: UInt8?

    /// Makes an advertisement of its bytes.
    package init(bytes: [UInt8], carrier: Carrier, source: IPAddress, destination: IPAddress, hops: UInt8?) {
        self.bytes = bytes
        self.carrier = carrier
        self.source = source
        self.destination = destination
        self.hops = hops
    }
}
