/// A setting of an interface's protocols (`/proc/sys/net/…/conf/`).
package struct InterfaceSetting: Hashable, Codable, Sendable {
    /// What is set.
    package enum Kind: UInt8, Hashable, Codable, CaseIterable, Sendable {
        /// Which questions for a hardware address are not answered (`arp_ignore`).
        case ignoredARP
        /// Whether they are answered only where the way back leads by the interface (`arp_filter`).
        case filtersARP
        /// Whether packets may come from an address of this machine (`accept_local`).
        case acceptsOwnSources
        /// Whether the way back must lead by the interface, 0...2 (`rp_filter`).
        case reversePath
        /// Whether secondary addresses stay when the first one goes (`promote_secondaries`).
        case promotesSecondaries
        /// How link-local addresses of IPv6 are made, 1 for not at all (`addr_gen_mode`).
        case addressGeneration
        /// Whether there is no IPv6 (`disable_ipv6`).
        case disablesIPv6
    }

    /// What stands for the name of those that are not made yet (`conf/default`).
    package static let newInterfaces = "default"

    /// The name of the interface; nil for all of them together (`conf/all`).
    package var interface: String?
    /// What is set.
    package var kind: Kind
    /// The value as the kernel takes it.
    package var value: UInt32

    /// Makes a setting.
    package init(_ kind: Kind, _ value: UInt32, of interface: String?) {
        self.kind = kind
        self.value = value
        self.interface = interface
    }
}
