/// What a frame says of virtual routers, right or wrong: as `directrix vrrp watch` shows it.
package struct WatchedFrame: Hashable, Sendable {
    /// What it carries.
    package enum Content: Hashable, Sendable {
        /// An advertisement, or what begins like one.
        case advertisement(WatchedAdvertisement)
        /// A message of ARP.
        case arp(ARPMessage)
        /// A neighbour advertisement.
        case neighbour(NeighbourAdvertisement)
    }

    /// The six bytes of the hardware address that it was sent to.
    package var destination: [UInt8]
    /// The six bytes of the hardware address that it came from.
    package var source: [UInt8]
    package var content: Content

    /// Reads a frame from its Ethernet head on; nil for one that has nothing to do with virtual routers, or ends before it says so.
    ///
    /// - Parameter clock: the time since 1970 by the wall clock, which trailers are held against.
    package init?(_ bytes: [UInt8], clock: Duration = .zero) {
        guard let head = EthernetFrame(bytes) else { return nil }
        destination = head.destination
        source = head.source
        switch head.kind {
        case EthernetFrame.Kind.arp:
            guard let message = ARPMessage(bytes, at: head.payload) else { return nil }
            content = .arp(message)
        case EthernetFrame.Kind.ipv4:
            guard let packet = WatchedAdvertisement(ipv4: bytes, at: head.payload, clock: clock) else { return nil }
            content = .advertisement(packet)
        case EthernetFrame.Kind.ipv6:
            if let message = NeighbourAdvertisement(bytes, at: head.payload) {
                content = .neighbour(message)
            } else if let packet = WatchedAdvertisement(ipv6: bytes, at: head.payload, clock: clock) {
                content = .advertisement(packet)
            } else {
                return nil
            }
        default: return nil
        }
    }
}
