import Addresses

extension Route {
    /// How far the destination is where nobody says: `ip route` reckons likewise.
    package var impliedScope: UInt8 {
        guard family == .ipv4 else { return 0 }
        switch kind {
        case .local: return 254
        case .broadcast, .multicast, .anycast: return 253
        case .unicast where hops.count == 1 && hops[0].gateway == nil: return 253
        case .unicast, .blackhole, .unreachable, .prohibit, .throw: return 0
        }
    }
}
