import Addresses
import Failover
import Links

/// What a configuration of a virtual router demands of advertisements, worked out once.
struct Expectation: Sendable {
    /// How they prove who sent them.
    enum Demand: Sendable {
        case none
        /// By the 8 bytes of a password.
        case password([UInt8])
        case header(HMAC<MD5>)
        case trailer(keys: [UInt8: HMAC<SHA256>], isOptional: Bool, timeWindow: Duration?)

        /// The protocol that advertisements come in.
        var carrier: Carrier {
            switch self {
            case .none, .password, .trailer: .vrrp
            case .header: .authenticationHeader
            }
        }
    }

    let version: VirtualRouter.ProtocolVersion
    let routerID: UInt8
    let interval: Duration
    let addresses: [IPAddress]
    let addressSet: Set<IPAddress>
    let demand: Demand
    /// The number of that in the head of version 2.
    let proofType: UInt8
    let checksum: ChecksumForm
    let isStrict: Bool
    let trustsKnownMaster: Bool
    /// The peers, and whether others are rejected; nil where it speaks to a group.
    let peers: (hops: [IPAddress: ClosedRange<UInt8>?], refusesStrangers: Bool)?

    /// Works out what a router demands.
    ///
    /// - Parameter largestPacket: the most bytes of a packet of its link, beyond which it expects no address.
    init(of router: VirtualRouter, largestPacket: Int = 1_500) {
        version = router.version
        routerID = router.routerID
        interval = MessageHead(of: router, priority: 0, count: 0).interval
        let count = router.advertisedCount(largestPacket: largestPacket)
        addresses = router.addresses.prefix(count).map(\.address.address)
        addressSet = Set(addresses)
        checksum = router.checksum
        isStrict = router.habits.isStrict
        proofType = router.proofType
        trustsKnownMaster = router.habits.trustsKnownMaster
        switch router.effectiveAuthentication {
        case nil: demand = .none
        case .password(let bytes): demand = .password(bytes.passwordField)
        case .header(let bytes): demand = .header(HMAC(key: bytes.passwordField))
        case .trailer(let settings):
            demand = .trailer(
                keys: settings.keys.mapValues(HMAC.init),
                isOptional: settings.mode != .enforced,
                timeWindow: settings.timeWindow
            )
        }
        switch router.audience {
        case .multicast: peers = nil
        case .unicast(let settings):
            let hops = settings.peers.map { ($0.address, $0.hops) }
            peers = (Dictionary(hops) { first, _ in first }, settings.refusesStrangers)
        }
    }
}

extension Expectation {
    /// How a list of addresses differs from ours.
    func difference(of received: [IPAddress]) -> PeerDifference {
        let receivedSet = Set(received)
        return .addresses(
            missing: addresses.filter { !receivedSet.contains($0) },
            unknown: received.filter { !addressSet.contains($0) }
        )
    }
}

extension VirtualRouter {
    /// Whether advertisements that another configuration of this router wants are other ones in what may change in two steps: the
    /// version, the proof, the interval, the addresses.
    func differsInSteps(from other: VirtualRouter) -> Bool {
        version != other.version || effectiveAuthentication != other.effectiveAuthentication
            || interval != other.interval
            || addresses.map(\.address.address) != other.addresses.map(\.address.address)
    }
    /// This configuration with what may change in two steps as another one has it.
    func withSteps(of other: VirtualRouter) -> VirtualRouter {
        var router = self
        router.version = other.version
        router.authentication = other.authentication
        router.interval = other.interval
        router.addresses = other.addresses
        return router
    }
}
