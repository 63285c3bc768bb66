package import Configuration
import HealthChecks

extension Director {
    /// What is believed of the pools, in the order of the configuration.
    package var states: [PoolState] {
        pools.indices.map { pool in
            let members = pools[pool].members
            return PoolState(
                hasQuorum: members.hasQuorum,
                servers: members.indices.map { state(of: $0, in: pool) }
            )
        }
    }

    private func state(of server: Int, in pool: Int) -> ServerState {
        let pooled = pools[pool].members[server]
        let isInTable = links.services[pool].enumerated().contains { service, place in
            mirrors[place].weight(at: pools[pool].endpoint(of: server, in: service)) != nil
        }
        return ServerState(
            isUp: pooled.isAvailable,
            weight: pooled.weightWhileUp,
            isInTable: isInTable,
            checks: pooled.checks.enumerated().map { index, record in
                CheckState(
                    isUp: record.health.belief.isKnown ? record.health.belief == .up : nil,
                    hasRun: record.lastResult != nil,
                    share: pooled.share(of: index)
                )
            }
        )
    }
}
