package import Links

/// An address that belongs to whoever is master.
package struct VirtualAddress: Hashable, Codable, Sendable {
    /// The address, with the interface that it stands on.
    package var address: LinkAddress
    /// Whether it is put back when somebody takes it away (not `no_track`).
    package var isTracked = true
    /// Whether it stands on a macvlan of its own over its interface (`use_vmac`).
    package var hasOwnLink = false

    /// Makes an address that is tracked.
    package init(_ address: LinkAddress) {
        self.address = address
    }
}
