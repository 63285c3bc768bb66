import Addresses

/// What tells one address of the kernel from another: two that share it cannot be there at once.
struct AddressKey: Hashable, Sendable {
    /// The number of the interface.
    let interface: UInt32
    /// The address itself.
    let address: IPAddress
    /// The length of its network with IPv4; 0 with IPv6, where an address is there once whatever its network.
    let length: UInt8
    /// The network that it is on, or its peer, with IPv4.
    let network: UInt32

    init(_ address: LinkAddress, interface: UInt32) {
        self.interface = interface
        self.address = address.address
        switch address.peer ?? address.address {
        case .v4(let other):
            length = address.prefixLength
            network = other.value & IPAddress.mask4(length)
        case .v6:
            length = 0
            network = 0
        }
    }

    init(_ state: AddressState) {
        self.init(state.address, interface: state.interface)
    }

    /// Whether the other one is of the same network on the same interface, so that one of them may be secondary to the other.
    func sharesNetwork(with other: AddressKey) -> Bool {
        interface == other.interface && length == other.length && network == other.network
            && address.family == .ipv4 && other.address.family == .ipv4
    }
}

extension IPAddress {
    /// The mask of a prefix of IPv4, of all bits for lengths that are none.
    static func mask4(_ length: UInt8) -> UInt32 {
        length == 0 ? 0 : UInt32.max << (32 - min(32, UInt32(length)))
    }
}
