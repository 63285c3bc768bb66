/// An interface that a virtual router makes for its addresses.
package enum VirtualLink: Hashable, Codable, Sendable {
    /// A private macvlan with the virtual MAC (`use_vmac`).
    case macvlan(MacvlanSettings)
    /// An ipvlan with the MAC of its parent (`use_ipvlan`).
    case ipvlan(IpvlanSettings)
}
