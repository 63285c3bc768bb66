package import Addresses
package import VRRP

/// Where a raw socket hears: what virtual routers must have in common to share one, lest a packet is heard twice.
package struct HearingPlace: Hashable, Sendable {
    /// The interface that it is bound to; nil for all.
    package var interface: String?
    /// The number of the interface; 0 for none.
    package var interfaceIndex: UInt32
    /// The protocol.
    package var carrier: Carrier
    /// The group that it joins, or the address that is spoken to: all else is kept away.
    package var address: IPAddress

    /// The place where a channel hears.
    package init(_ channel: RouterChannel) {
        interface = channel.interface
        interfaceIndex = channel.interfaceIndex
        carrier = channel.carrier
        address = channel.group ?? channel.source
    }
}
