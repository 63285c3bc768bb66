package import Addresses

/// What the sockets of a virtual router need: where it hears and speaks.
///
/// Routers whose channels differ in the name alone may share them.
package struct RouterChannel: Hashable, Sendable {
    /// The name of the virtual router.
    package var router: String
    /// The interface that both sockets are bound to, by its name in the kernel: that which was made for the router where
    /// advertisements leave by it; nil for none.
    package var interface: String?
    /// Its number as it is now, as an interface that was made anew has another one; 0 for none.
    package var interfaceIndex: UInt32
    /// The family of its packets.
    package var family: AddressFamily
    /// The protocol of its packets.
    package var carrier: Carrier
    /// The group that is joined; nil where it hears what is sent to `source`.
    package var group: IPAddress?
    /// The source of what it sends.
    package var source: IPAddress
    /// The bytes of the buffer for received packets; nil for what goes with the interface.
    package var receiveBuffer: Int?
    /// The longest packet of the interface, in bytes.
    package var maximumPacket: UInt32

    /// Makes a channel.
    package init(
        router: String,
        interface: String?,
        interfaceIndex: UInt32,
        family: AddressFamily,
        carrier: Carrier,
        group: IPAddress?,
        source: IPAddress,
        maximumPacket: UInt32
    ) {
        self.router = router
        self.interface = interface
        self.interfaceIndex = interfaceIndex
        self.family = family
        self.carrier = carrier
        self.group = group
        self.source = source
        self.maximumPacket = maximumPacket
    }
}
