import Configuration
import HealthChecks
import IPVS

/// Which pools stand behind which services of the kernel, and whose checks count for whom; all of them by their places.
struct PoolLinks: Sendable {
    /// A pool behind a service.
    struct Contribution: Sendable {
        /// The pool.
        let pool: Int
        /// The place of the service among the pool's.
        let service: Int
    }

    /// A server that a check's results count for.
    struct Holder: Sendable {
        /// The pool.
        let pool: Int
        /// The server in the pool.
        let server: Int
        /// The check among those of the server.
        let check: Int
    }

    /// The services of all pools, each once, in the order in which pools name them.
    private(set) var keys: [ServiceKey] = []
    /// The pools behind each service, in their order; at least one.
    private(set) var contributions: [[Contribution]] = []
    /// The services of each pool, in its order.
    private(set) var services: [[Int]] = []
    /// The checks to be made, each once, in the order of the configuration.
    private(set) var checks: [ScheduledCheck] = []
    private var placesByKey: [ServiceKey: Int] = [:]
    private var holders: [ScheduledCheck: [Holder]] = [:]

    /// Makes links without pools.
    init() {}

    /// Makes the links of pools.
    init(_ pools: [ServerPool]) {
        for (place, pool) in pools.enumerated() {
            services.append(
                pool.virtual.services.enumerated().map { service, value in
                    link(value.key, Contribution(pool: place, service: service))
                }
            )
            for server in pool.members.indices {
                for (check, record) in pool.members[server].checks.enumerated() where record.asks {
                    hold(record.scheduled, Holder(pool: place, server: server, check: check))
                }
            }
        }
    }

    private mutating func link(_ key: ServiceKey, _ contribution: Contribution) -> Int {
        if let place = placesByKey[key] {
            contributions[place].append(contribution)
            return place
        }
        placesByKey[key] = keys.count
        keys.append(key)
        contributions.append([contribution])
        return keys.count - 1
    }

    private mutating func hold(_ check: ScheduledCheck, _ holder: Holder) {
        func append(to held: inout [Holder]) -> Bool {
            held.append(holder)
            return held.count == 1
        }
        if append(to: &holders[check, default: []]) { checks.append(check) }
    }

    /// The place of a service; nil where no pool stands behind it.
    func place(of key: ServiceKey) -> Int? { placesByKey[key] }

    /// The servers that a check's results count for; nil where nobody holds it.
    func holders(of check: ScheduledCheck) -> [Holder]? { holders[check] }

    /// What the pools behind a service want of it.
    ///
    /// - Parameter pools: the pools that the links were made of.
    func wish(of service: Int, _ pools: [ServerPool]) -> ServiceWish {
        let contributions = contributions[service]
        let first = ServiceWish.Contribution(pool: pools[contributions[0].pool], service: contributions[0].service)
        if contributions.count == 1 { return ServiceWish(first) }
        let others = contributions.dropFirst().map {
            ServiceWish.Contribution(pool: pools[$0.pool], service: $0.service)
        }
        return ServiceWish(first, others)
    }
}
