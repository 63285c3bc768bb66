package import Addresses

/// How a virtual router speaks to peers.
package struct UnicastSettings: Hashable, Codable, Sendable {
    /// A router that is spoken to.
    package struct Peer: Hashable, Codable, Sendable {
        package var address: IPAddress
        /// The hops that a packet of it may have left; nil for any.
        package var hops: ClosedRange<UInt8>?

        /// Makes a peer.
        package init(_ address: IPAddress, hops: ClosedRange<UInt8>? = nil) {
            self.address = address
            self.hops = hops
        }
    }

    /// The source of advertisements; nil for the interface's own address.
    package var source: IPAddress?
    /// The peers; without any nobody hears it.
    package var peers: [Peer]
    /// The TTL or hop limit of advertisements; nil for 255 with IPv4 and the kernel's own with IPv6.
    package var hops: UInt8?
    /// Whether advertisements of others than the peers are rejected.
    package var refusesStrangers = true
    /// Whether it is in fault without peers (`unicast_fault_no_peer`).
    package var failsWithoutPeers = false

    /// Makes settings.
    package init(source: IPAddress?, peers: [Peer]) {
        self.source = source
        self.peers = peers
    }
}
