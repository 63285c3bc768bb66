import Addresses

// The frame by which an announcement goes out.

extension Announcement {
    /// The bytes of a frame from its Ethernet head on, for a packet socket; nil where a hardware address is none of Ethernet.
    ///
    /// - Parameters:
    ///   - hardware: the hardware address of the interface, which neighbours are to send to.
    ///   - isRouter: whether the machine forwards packets of IPv6 on the interface, which such an announcement says.
    package func frame(from hardware: [UInt8], isRouter: Bool) -> [UInt8]? {
        guard hardware.count == EthernetFrame.addressLength else { return nil }
        switch address {
        case .v4(let address):
            let frame = EthernetFrame(from: hardware, to: EthernetFrame.broadcast, kind: EthernetFrame.Kind.arp)
            return frame.bytes + ARPMessage(announcing: address, at: hardware).bytes
        case .v6(let address):
            let message = NeighbourAdvertisement(announcing: address, at: hardware, isRouter: isRouter)
            let group: [UInt8] = [0x33, 0x33, 0, 0, 0, 1]
            let frame = EthernetFrame(from: hardware, to: group, kind: EthernetFrame.Kind.ipv6)
            return frame.bytes + message.bytes
        }
    }
}
