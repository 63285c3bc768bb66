package import Addresses

/// An interface that is made for the addresses of a virtual router.
package struct MadeLink: Hashable, Codable, Sendable {
    /// What an ipvlan sees of its siblings.
    package enum IpvlanMode: Hashable, Codable, Sendable {
        case bridge
        case isolated
        case vepa
    }

    /// What is made.
    package enum Kind: Hashable, Codable, Sendable {
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
    /// The family of what its owner advertises; with IPv6 it gets a link-local address to speak from.
    package var family: AddressFamily
    /// Whether addresses of the other family stand on it too.
    package var hasOtherFamily = false
    /// The link-local address that it gets with IPv6; nil for that of its parent.
    package var linkLocal: IPv6Address?

    /// Makes the wish for an interface.
    package init(_ name: String, on parent: String, _ kind: Kind, family: AddressFamily) {
        self.name = name
        self.parent = parent
        self.kind = kind
        self.family = family
    }

    /// Whether addresses of that family stand on it.
    package func has(_ family: AddressFamily) -> Bool { hasOtherFamily || family == self.family }
}
