/// An interface that is made for the addresses of a virtual router.
package struct MadeLink: Hashable, Sendable {
    /// What an ipvlan sees of its siblings.
    package enum IpvlanMode: Hashable, Sendable {
        case bridge
        case isolated
        case vepa
    }

    /// What is made.
    package enum Kind: Hashable, Sendable {
        /// A private macvlan with that hardware address of six bytes.
        case macvlan(hardwareAddress: [UInt8])
        /// An ipvlan of the link layer.
        case ipvlan(IpvlanMode)
    }

    /// What its owner calls it in addresses and routes; also its name in the kernel unless that is taken and `prefix` given.
    package var name: String
    /// The beginning of other names where `name` is taken: `vrrp` makes `vrrp1.51` of `vrrp.51`; nil where there is no choice.
    package var prefix: String?
    /// The name of the interface that it is made on.
    package var parent: String
    /// What it is.
    package var kind: Kind
    /// The group of interfaces that it is put into; nil for none.
    package var group: UInt32?
    /// Whether IPv4 is spoken on it.
    package var hasIPv4: Bool
    /// Whether IPv6 is spoken on it.
    package var hasIPv6: Bool
    /// Whether it gets the link-local address of its parent, so that IPv6 can be spoken from it.
    package var takesLinkLocal = false

    /// Makes the wish for an interface.
    package init(_ name: String, on parent: String, _ kind: Kind, hasIPv4: Bool, hasIPv6: Bool) {
        self.name = name
        self.parent = parent
        self.kind = kind
        self.hasIPv4 = hasIPv4
        self.hasIPv6 = hasIPv6
    }
}
