/// An address as the kernel has it, with what only the kernel says of it.
package struct AddressState: Hashable, Sendable {
    /// The address, with the name that its interface had when this was told.
    package var address: LinkAddress
    /// The number of the interface that it stands on.
    package var interface: UInt32
    /// Whether another address of its network came first, which it goes with (`IFA_F_SECONDARY`); IPv4 alone.
    package var isSecondary = false
    /// Whether it is not yet known to be nobody else's (`IFA_F_TENTATIVE`).
    package var isTentative = false
    /// Whether somebody else turned out to have it (`IFA_F_DADFAILED`).
    package var isDuplicate = false
    /// The seconds that it has left (`ifa_valid`); nil for no end.
    package var lifetime: UInt32?

    /// Makes the state of an address.
    package init(_ address: LinkAddress, interface: UInt32) {
        self.address = address
        self.interface = interface
    }
}
