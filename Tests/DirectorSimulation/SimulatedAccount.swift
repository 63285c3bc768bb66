import Addresses
import Configuration
import Dialogues
import HealthChecks
import IPVS

/// What somebody who sees all results and orders knows of pools, kept apart from the director's own account.
struct SimulatedAccount {
    struct Pool {
        let virtual: VirtualServer
        var members: [SimulatedMember]
        var level = SimulatedLevel.undecided
        /// Whether its servers are not asked, and nothing that others are told counts.
        var isResting = false

        private var total: Int64 { virtual.realServers.reduce(0) { $0 + Int64($1.weight) } }
        /// The weight of those that are certain to be in service.
        var least: Int64 { members.reduce(0) { $0 + ($1.isInService ? Int64($1.weight) : 0) } }
        /// The weight of all that may be in service.
        var most: Int64 { members.reduce(0) { $0 + ($1.isDead ? 0 : Int64($1.weight)) } }

        mutating func follow() {
            level.follow(
                virtual.quorum,
                total: total,
                least: least,
                most: most,
                isComplete: members.allSatisfy { $0.isDead || $0.isAlive },
                mayBeComplete: members.allSatisfy { $0.mayBeDead || $0.isAlive }
            )
        }

        /// Whether it has certainly not enough servers.
        var isDown: Bool {
            level == .lost || level == .undecided || most < SimulatedLevel.lower(virtual.quorum, total: total)
        }
        /// Whether its servers certainly stand as they can: they are enough, or nobody stands in for them.
        var isServing: Bool { level == .held || virtual.standby == nil }
    }

    /// A server's place in a service.
    struct Claim {
        let pool: Int
        let member: Int
        /// The server as it is configured to stand there.
        let destination: Destination
    }

    /// A standby's place in a service.
    struct Reserve {
        let pool: Int
        /// The standby as it stands there while it serves.
        let destination: Destination
    }

    private(set) var pools: [Pool] = []
    /// The pools behind each service, in order.
    private(set) var contributors: [ServiceKey: [Int]] = [:]
    private(set) var claims: [ServiceKey: [Claim]] = [:]
    private(set) var reserves: [ServiceKey: [Reserve]] = [:]
    /// The services in order, each once.
    private(set) var keys: [ServiceKey] = []

    /// Makes the account of a start.
    ///
    /// - Parameters:
    ///   - isNamed: whether a server is in maintenance.
    ///   - isStanding: whether something is certain to stand with weight at an endpoint of a service.
    init(
        _ configuration: DirectorConfiguration,
        isNamed: (RealServer) -> Bool,
        isStanding: (ServiceKey, Endpoint) -> Bool
    ) {
        pools = configuration.virtualServers.map { virtual in
            Pool(
                virtual: virtual,
                members: virtual.realServers.map { SimulatedMember($0, isInMaintenance: isNamed($0)) }
            )
        }
        link()
        for pool in pools.indices {
            for member in pools[pool].members.indices where !pools[pool].members[member].isInMaintenance {
                pools[pool].members[member].places = places(of: member, in: pool, isStanding)
            }
            pools[pool].follow()
        }
    }

    /// The account after a reload.
    func reloaded(
        _ configuration: DirectorConfiguration,
        isNamed: (RealServer) -> Bool,
        isStanding: (ServiceKey, Endpoint) -> Bool
    ) -> SimulatedAccount {
        var new = SimulatedAccount(configuration, isNamed: { _ in false }, isStanding: isStanding)
        for (pool, origin) in origins(of: configuration.virtualServers).enumerated() {
            new.pools[pool].level = .undecided
            for member in new.pools[pool].members.indices {
                let real = new.pools[pool].members[member].real
                let former = origin.flatMap { origin in
                    pools[origin].members.first { SimulatedPool.isSame($0.real, real) }
                }
                if let former {
                    new.pools[pool].members[member].goOn(from: former)
                    if !former.isInService { new.pools[pool].members[member].places = [] }
                }
                new.pools[pool].members[member].maintain(isNamed(real))
            }
            if let origin { new.pools[pool].level = pools[origin].level }
            new.pools[pool].follow()
        }
        return new
    }

    /// The former pool that each goes on from: that of its label, or that of its name behind one of its services, or else
    /// another one there.
    func origins(of virtuals: [VirtualServer]) -> [Int?] {
        var free = Set(pools.indices)
        func take(where isOrigin: (Int) -> Bool) -> Int? {
            let origin = pools.indices.first { free.contains($0) && isOrigin($0) }
            if let origin { free.remove(origin) }
            return origin
        }
        var origins = virtuals.map { virtual in
            virtual.label == nil ? nil : take { pools[$0].virtual.label == virtual.label }
        }
        for (place, virtual) in virtuals.enumerated() where origins[place] == nil {
            origins[place] = take { pool in
                pools[pool].virtual.name == virtual.name
                    && virtual.services.contains { contributors[$0.key]?.contains(pool) ?? false }
            }
        }
        for (place, virtual) in virtuals.enumerated() where origins[place] == nil {
            let candidates = virtual.services.flatMap { contributors[$0.key] ?? [] }
            origins[place] = candidates.first { free.contains($0) }
            if let origin = origins[place] { free.remove(origin) }
        }
        return origins
    }

    private mutating func link() {
        for (place, pool) in pools.enumerated() {
            for service in pool.virtual.services {
                if contributors[service.key] == nil { keys.append(service.key) }
                contributors[service.key, default: []].append(place)
                claims[service.key, default: []] += pool.members.enumerated().map { member, known in
                    Claim(pool: place, member: member, destination: known.real.destination(in: service))
                }
                guard var standby = pool.virtual.standby?.server.destination(in: service) else { continue }
                standby.weight = max(1, standby.weight)
                reserves[service.key, default: []].append(Reserve(pool: place, destination: standby))
            }
        }
    }

    private func places(
        of member: Int,
        in pool: Int,
        _ isStanding: (ServiceKey, Endpoint) -> Bool
    ) -> Set<ServiceKey> {
        let real = pools[pool].members[member].real
        return Set(
            pools[pool].virtual.services.filter { isStanding($0.key, real.destination(in: $0).endpoint) }.map(
                \.key
            )
        )
    }

    // MARK: What happens

    mutating func count(_ result: CheckResult, of check: ScheduledCheck) {
        for pool in pools.indices where !pools[pool].isResting {
            for member in pools[pool].members.indices where pools[pool].members[member].holds(check.check, check.pace) {
                pools[pool].members[member].count(result, of: check.check, check.pace)
                pools[pool].follow()
            }
        }
    }

    mutating func maintain(_ isNamed: (RealServer) -> Bool) {
        for pool in pools.indices {
            for member in pools[pool].members.indices {
                pools[pool].members[member].maintain(isNamed(pools[pool].members[member].real))
                pools[pool].follow()
            }
        }
    }

    /// Takes the addresses that the machine has; nil while nobody knows them.
    mutating func have(_ addresses: Set<IPAddress>?) {
        for pool in pools.indices {
            let needed = pools[pool].virtual.neededAddresses
            pools[pool].isResting = !needed.isEmpty && addresses?.isDisjoint(with: needed) ?? false
        }
    }

    // MARK: What is known

    /// Whether somebody wants to know what comes of a check.
    func isWanted(_ check: ScheduledCheck) -> Bool {
        pools.contains { !$0.isResting && $0.members.contains { $0.holds(check.check, check.pace) } }
    }

    /// The pool whose settings a service has.
    func first(of key: ServiceKey) -> VirtualServer? { contributors[key].map { pools[$0[0]].virtual } }

    /// The settings that a service shall have.
    func service(_ key: ServiceKey) -> VirtualService? {
        first(of: key)?.services.first { $0.key == key }
    }

    func member(_ claim: Claim) -> SimulatedMember { pools[claim.pool].members[claim.member] }

    /// Whether a server or a standby could serve there.
    func hasSomebody(_ key: ServiceKey) -> Bool {
        reserves[key] != nil || claims[key]?.contains { member($0).isAlive && member($0).weight > 0 } ?? false
    }
}
