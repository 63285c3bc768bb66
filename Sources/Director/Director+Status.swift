import Addresses
import Configuration
import HealthChecks
import IPVS
import Time

extension Director {
    /// What the director believes and has done, at the moment that it was last told something.
    package var status: DirectorStatus {
        DirectorStatus(
            phase: phase.rawValue,
            isReady: isReady,
            services: pools.indices.map(status(of:)),
            awaitedChecks: awaited.count,
            moment: now
        )
    }

    /// A pool with what stands in its services, the weights as in the first of them.
    private func status(of pool: Int) -> DirectorStatus.Service {
        let (virtual, members) = (pools[pool].virtual, pools[pool].members)
        let places = links.services[pool]
        return DirectorStatus.Service(
            key: virtual.service.key,
            identity: virtual.identity,
            name: virtual.name,
            isInTable: places.allSatisfy { mirrors[$0].isInTable },
            servers: members.indices.map { server in
                let weight = places.first.flatMap { mirrors[$0].weight(at: pools[pool].endpoint(of: server, in: 0)) }
                return DirectorStatus.Server(members[server], weight: weight)
            },
            hasFallback: virtual.standby != nil,
            isFallbackStanding: isStandbyStanding(of: pool),
            pendingChanges: places.reduce(0) { $0 + mirrors[$1].pending.count },
            isResting: resting.contains(pool)
        )
    }
}

extension DirectorStatus.Server {
    fileprivate init(_ server: PooledServer, weight: Int32?) {
        let check = server.decisiveCheck
        self.init(
            name: server.real.text,
            belief: server.belief,
            isInMaintenance: server.isInMaintenance,
            lastResult: server.lastResult,
            since: server.since,
            failures: check?.health.failures ?? 0,
            successes: check?.health.successes ?? 0,
            weight: weight,
            configuredWeight: server.real.weight
        )
    }
}
