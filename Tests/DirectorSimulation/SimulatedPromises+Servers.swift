import Addresses
import Configuration
import Director
import IPVS

// What is promised of single servers and standbys: who gets weight, who keeps it, who loses it.

extension SimulatedPromises {
    /// Looks at the difference that one change made to a service.
    func look(at key: ServiceKey, from before: ServiceStatus, to after: ServiceStatus) {
        let endpoints = Set((before.destinations + after.destinations).map(\.destination.endpoint))
        for endpoint in endpoints {
            let (old, new) = (before.weight(at: endpoint), after.weight(at: endpoint))
            let isAway = meddledKeys.contains(key) || troubled.contains(key)
            let comesBack = isAway && account.wasFound(endpoint, of: key, with: new)
            if new > old, !comesBack, !account.mayRise(endpoint, of: key, to: new, before) {
                violated("\(endpoint) of \(key.identity) rose from \(old) to \(new) unproven")
            }
            if old > 0, new == 0, account.mustStay(endpoint, of: key) {
                violated("\(endpoint) of \(key.identity) was dropped and may serve")
            }
        }
    }

    /// Looks at a service that is as the director wants it.
    func look(at key: ServiceKey, _ actual: ServiceStatus) {
        if account.hasSomebody(key), !actual.isServed { violated("\(key.identity) is empty") }
        for claim in account.claims[key] ?? [] {
            let endpoint = claim.destination.endpoint
            let weight = actual.weight(at: endpoint)
            if weight == 0, account.mustStand(claim) {
                violated("\(endpoint) of \(key.identity) is healthy and has no weight")
            }
            if weight > 0, account.mustStand(claim), !account.provenWeights(at: endpoint, of: key).contains(weight) {
                violated("\(endpoint) of \(key.identity) is healthy and has the weight \(weight) of nobody who is")
            }
            if weight > 0, !account.mayStand(endpoint, of: key, actual) {
                violated("\(endpoint) of \(key.identity) may not serve and has weight \(weight)")
            }
        }
        for reserve in account.reserves[key] ?? [] {
            let endpoint = reserve.destination.endpoint
            let weight = actual.weight(at: endpoint)
            if weight == 0, account.pools[reserve.pool].isDown {
                violated("the standby \(endpoint) of \(key.identity) does not stand in")
            }
            if weight > 0, !account.mayStand(endpoint, of: key, actual) {
                violated("the standby \(endpoint) of \(key.identity) stands in for nobody")
            }
        }
    }
}

extension SimulatedAccount {
    func isReserve(_ endpoint: Endpoint, of key: ServiceKey) -> Bool {
        reserves[key]?.contains { $0.destination.endpoint == endpoint } ?? false
    }

    private func claims(at endpoint: Endpoint, of key: ServiceKey) -> [Claim] {
        claims[key]?.filter { $0.destination.endpoint == endpoint } ?? []
    }

    private func reserves(at endpoint: Endpoint, of key: ServiceKey) -> [Reserve] {
        reserves[key]?.filter { $0.destination.endpoint == endpoint } ?? []
    }

    /// Whether there is somebody at an endpoint who may be given that weight.
    ///
    /// A standby that serves may get another one; it may begin to serve unless its pool has its quorum and serves there.
    fileprivate func mayRise(
        _ endpoint: Endpoint,
        of key: ServiceKey,
        to weight: Int32,
        _ before: ServiceStatus
    ) -> Bool {
        if claims(at: endpoint, of: key).contains(where: { member($0).mayRise && member($0).weight == weight }) {
            return true
        }
        return reserves(at: endpoint, of: key).contains { reserve in
            reserve.destination.weight == weight
                && (before.weight(at: endpoint) > 0 || mayStandIn(reserve, of: key, before))
        }
    }

    /// Whether a server that was found in a service may have been found with a weight: what others remove comes back so.
    fileprivate func wasFound(_ endpoint: Endpoint, of key: ServiceKey, with weight: Int32) -> Bool {
        claims(at: endpoint, of: key).contains {
            member($0).isInService && member($0).places.contains(key) && weight <= member($0).weight
        }
    }

    /// Whether a standby has a reason to serve: its pool has no quorum, or nobody in that service.
    private func mayStandIn(_ reserve: Reserve, of key: ServiceKey, _ actual: ServiceStatus) -> Bool {
        if pools[reserve.pool].level != .held { return true }
        return !(claims[key] ?? []).contains { claim in
            claim.pool == reserve.pool && member(claim).weight > 0
                && (member(claim).isAlive || member(claim).isInService && member(claim).places.contains(key))
        }
    }

    /// Whether a server has passed all of its checks and serves, whatever others do.
    fileprivate func mustStand(_ claim: Claim) -> Bool {
        member(claim).isAlive && member(claim).weight > 0 && pools[claim.pool].isServing
    }

    /// The weights of those at an endpoint who may have passed their checks.
    fileprivate func provenWeights(at endpoint: Endpoint, of key: ServiceKey) -> [Int32] {
        claims(at: endpoint, of: key).map { member($0) }.filter(\.mayBeAlive).map(\.weight)
    }

    /// Whether nobody knows what stands at an endpoint, and somebody may come soon to a service in which it is the last.
    func isLastUntilAnswers(_ endpoint: Endpoint, of key: ServiceKey) -> Bool {
        claims(at: endpoint, of: key).isEmpty && !isReserve(endpoint, of: key)
            && claims[key]?.contains { !member($0).mayBeDead && !member($0).isAlive } ?? false
    }

    /// Whether somebody who serves at an endpoint has given no reason to go.
    fileprivate func mustStay(_ endpoint: Endpoint, of key: ServiceKey) -> Bool {
        let claims = claims(at: endpoint, of: key)
        if claims.contains(where: { mustStand($0) }) { return true }
        guard claims.count == 1, reserves(at: endpoint, of: key).isEmpty else { return false }
        return member(claims[0]).places.contains(key) && member(claims[0]).isInService && member(claims[0]).weight > 0
            && pools[claims[0].pool].isServing
    }

    /// Whether somebody at an endpoint may serve in a service that is as the director wants it.
    fileprivate func mayStand(_ endpoint: Endpoint, of key: ServiceKey, _ actual: ServiceStatus) -> Bool {
        let mayServe = claims(at: endpoint, of: key).contains { claim in
            let pool = pools[claim.pool]
            return !member(claim).isDead && member(claim).weight > 0 && !(pool.isDown && pool.virtual.standby != nil)
        }
        if mayServe { return true }
        // A standby waits until a server stands.
        let isServed = (claims[key] ?? []).contains { claim in
            mustStand(claim) && claim.destination.endpoint != endpoint
                && actual.weight(at: claim.destination.endpoint) > 0
        }
        return reserves(at: endpoint, of: key).contains { mayStandIn($0, of: key, actual) || !isServed }
    }
}
