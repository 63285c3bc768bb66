import Addresses
import Configuration
import IPVS

/// What the pools behind one service of the kernel want of it together.
///
/// At an endpoint that several have to do with, the first one with a proven server there has its way, then the first one
/// with a server that was found there, then the first one whose standby stands in. The settings of the service are those of
/// the first pool.
struct ServiceWish {
    /// One of the pools, and which of its services it is.
    struct Contribution {
        /// The pool.
        let pool: ServerPool
        /// The place of the service among the pool's.
        let service: Int
    }

    /// The first pool.
    let first: Contribution
    /// The other pools; most services have none.
    let others: [Contribution]

    /// Makes the wish of one pool or of several, in order.
    init(_ first: Contribution, _ others: [Contribution] = []) {
        self.first = first
        self.others = others
    }

    /// The service as it shall be in the kernel.
    var service: VirtualService { first.pool.virtual.services[first.service] }

    /// What is wanted at an endpoint; nil where no pool has to do with it.
    subscript(endpoint: Endpoint) -> Wish? {
        var wish = first.pool.wish(at: endpoint, in: first.service)
        for other in others {
            guard let further = other.pool.wish(at: endpoint, in: other.service) else { continue }
            wish = wish.map { $0.joined(by: further) } ?? further
        }
        return wish
    }

    /// Whether a pool has to do with an endpoint, so that something or nothing is wanted there.
    func concerns(_ endpoint: Endpoint) -> Bool {
        first.pool.concerns(endpoint, in: first.service)
            || others.contains { $0.pool.concerns(endpoint, in: $0.service) }
    }

    /// All that is wanted while nothing keeps it from coming or going.
    var entry: Table.Entry {
        Table.Entry(service: service, destinations: endpoints.lazy.compactMap { self[$0]?.destination })
    }

    /// The endpoints that the pools have to do with: for each pool the standby's, then those of its servers.
    var endpoints: [Endpoint] {
        all.flatMap { contribution in
            let (pool, service) = (contribution.pool, contribution.service)
            let servers = pool.members.indices.map { pool.endpoint(of: $0, in: service) }
            return (pool.standbyEndpoint(in: service).map { [$0] } ?? []) + servers
        }
    }

    /// The endpoints of the standbys.
    var standbyEndpoints: [Endpoint] { all.compactMap { $0.pool.standbyEndpoint(in: $0.service) } }

    /// Whether somebody shall serve, be it a server or a standby.
    var isServed: Bool { all.contains { $0.pool.members.hasServing(in: $0.service) || $0.pool.virtual.standby != nil } }

    /// Whether every server has a verdict.
    var isComplete: Bool { all.allSatisfy { $0.pool.members.unknownCount == 0 } }

    /// The servers that take connections, for each pool in the order of the configuration.
    var servingServers: [RealServer] {
        all.flatMap { contribution in
            let members = contribution.pool.members
            return members.indices.lazy.filter { members[$0].isServing }.map { members[$0].real }
        }
    }

    /// The pool that has its way at an endpoint, or else the first one.
    func owner(of endpoint: Endpoint) -> ServerPool {
        contribution(at: endpoint)?.pool ?? first.pool
    }

    /// What stands at an endpoint, for people.
    func subject(at endpoint: Endpoint) -> TableSubject {
        contribution(at: endpoint).flatMap { $0.pool.subject(at: endpoint, in: $0.service) } ?? .surplus(endpoint)
    }

    /// The weight that a server at an endpoint has while it is up; nil where there is none.
    func configuredWeight(at endpoint: Endpoint) -> Int32? {
        contribution(at: endpoint).flatMap { $0.pool.configuredWeight(at: endpoint, in: $0.service) }
    }

    private func contribution(at endpoint: Endpoint) -> Contribution? {
        if others.isEmpty { return first }
        var best: (contribution: Contribution, rank: Int)?
        for contribution in all {
            guard let wish = contribution.pool.wish(at: endpoint, in: contribution.service) else { continue }
            if best.map({ wish.rank < $0.rank }) ?? true { best = (contribution, wish.rank) }
        }
        return best?.contribution
    }

    private var all: [Contribution] { [first] + others }
}
