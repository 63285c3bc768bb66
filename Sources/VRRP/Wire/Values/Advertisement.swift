package import Addresses
package import Failover

/// What a router says of itself: an advertisement without the form that it had on the wire (RFC 9568 §5, RFC 3768 §5).
package struct Advertisement: Hashable, Sendable {
    /// How it proved who sent it.
    package enum Proof: Hashable, Sendable {
        /// Not at all.
        case none
        /// By the password (version 2, type 1).
        case password
        /// By an authentication header with that sequence number.
        case header(sequence: UInt32)
        /// By a trailer of a key with that number.
        case trailer(key: UInt8, TrailerSequence)
    }

    /// The version of the protocol.
    package var version: VirtualRouter.ProtocolVersion
    /// The number of the virtual router, 1...255.
    package var routerID: UInt8
    /// The weight in the election: 0 by a master that leaves, 255 by the owner of the addresses.
    package var priority: UInt8
    /// The time between two of them: whole seconds in version 2, hundredths in version 3, to 40.95 s.
    package var interval: Duration
    /// The virtual addresses in the order of the packet, at most 255.
    package var addresses: [IPAddress]
    /// How it proved who sent it.
    package var proof: Proof

    /// Makes an advertisement.
    package init(
        version: VirtualRouter.ProtocolVersion,
        routerID: UInt8,
        priority: UInt8,
        interval: Duration,
        addresses: [IPAddress],
        proof: Proof = .none
    ) {
        self.version = version
        self.routerID = routerID
        self.priority = priority
        self.interval = interval
        self.addresses = addresses
        self.proof = proof
    }
}
