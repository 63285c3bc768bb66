import Addresses
import CNetlink
import Links
import Netlink

extension MessageWriter {
    /// Writes an attribute that holds an address in network order.
    mutating func address(_ type: UInt16, _ address: IPAddress) {
        switch address {
        case .v4(let address): attribute(type, address.value.bigEndian)
        case .v6(let address):
            header(of: type, length: 20)
            append(address.high.bigEndian)
            append(address.low.bigEndian)
        }
    }

    /// Writes what follows netlink's header in the request that adds an address or gives it other options.
    ///
    /// - Parameter lifetime: The seconds after which the kernel removes it; nil for never.
    mutating func addressRequest(_ address: LinkAddress, interface: UInt32, lifetime: UInt32? = nil) {
        addressIdentity(address, interface: interface)
        if let broadcast = address.broadcast { attribute(AddressAttribute.broadcast, broadcast.value.bigEndian) }
        if let label = address.label { attribute(AddressAttribute.label, label) }
        attribute(AddressAttribute.flags, address.options.wire)
        if address.preferredLifetime != nil || lifetime != nil {
            header(of: AddressAttribute.lifetimes, length: UInt16(4 + MemoryLayout<ifa_cacheinfo>.size))
            append(
                ifa_cacheinfo(
                    ifa_prefered: address.preferredLifetime ?? .max,
                    ifa_valid: lifetime ?? .max,
                    cstamp: 0,
                    tstamp: 0
                )
            )
        }
    }

    /// Writes what tells one address from another, which is all that its removal needs.
    mutating func addressIdentity(_ address: LinkAddress, interface: UInt32) {
        append(
            ifaddrmsg(
                ifa_family: address.address.family.wire,
                ifa_prefixlen: address.prefixLength,
                ifa_flags: 0,
                ifa_scope: address.scope,
                ifa_index: interface
            )
        )
        self.address(AddressAttribute.local, address.address)
        self.address(AddressAttribute.address, address.peer ?? address.address)
    }
}
