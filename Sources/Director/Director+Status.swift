import Addresses
import Configuration
import HealthChecks
import IPVS

extension Director {
    /// What the director believes and has done, at the moment that it was last told something.
    package var status: DirectorStatus {
        DirectorStatus(
            phase: phase.rawValue,
            isReady: isReady,
            services: services.map(\.status),
            awaitedChecks: awaited.count,
            moment: now
        )
    }
}

extension DirectedService {
    fileprivate var status: DirectorStatus.Service {
        DirectorStatus.Service(
            key: key,
            name: virtual.name,
            isInTable: actualService != nil,
            servers: servers.map { server in
                DirectorStatus.Server(
                    name: server.real.text,
                    belief: server.health.belief,
                    isInMaintenance: server.isInMaintenance,
                    lastResult: server.lastResult,
                    since: server.since,
                    failures: server.health.failures,
                    successes: server.health.successes,
                    weight: actual[server.destination.endpoint]?.weight,
                    configuredWeight: server.destination.weight
                )
            },
            hasFallback: standby != nil,
            isFallbackStanding: isFallbackStanding,
            pendingChanges: failed.union(isDirty).union(doubtful).count
        )
    }
}
