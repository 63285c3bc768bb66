package import Addresses

/// A virtual address on the interface on which neighbours are told of it.
package struct AnnouncedAddress: Hashable, Sendable {
    package var address: IPAddress
    /// The name of the interface that it stands on, the virtual router's own one where it has one.
    package var interface: String

    /// Makes an address on an interface.
    package init(_ address: IPAddress, on interface: String) {
        self.address = address
        self.interface = interface
    }
}
