import Configuration
import HealthChecks
import Time

/// The servers of a pool in the order of the configuration, counted by what is believed of them.
struct PoolMembers: Sendable {
    /// What a change of a belief means for what the pool wants.
    struct Shift: Hashable, Sendable {
        /// The server that something else is believed of.
        let server: Int
        /// Whether the quorum was gained or lost while other servers may take connections, so that they stand or go too.
        let turnsOthers: Bool
        /// Whether there is a reason to look at those again that wait for somebody to stand.
        let concernsWaiting: Bool
    }

    private var servers: [PooledServer]
    /// Whether enough of them may take connections.
    private(set) var quorum: PoolQuorum
    private var servingCount = 0
    /// How many of those that shall take connections were found in service, and do so where they were found.
    private var foundCount = 0
    /// How many of them do so in each service; empty where there were none.
    private var foundCounts: [Int] = []
    /// How many servers have no verdict yet.
    private(set) var unknownCount: Int

    /// Makes the servers of a pool, of which nothing is known.
    init(of virtual: VirtualServer, since: MonotonicTime) {
        servers = virtual.realServers.map { PooledServer($0, since: since) }
        let totalWeight = virtual.realServers.reduce(0) { $0 + Int64($1.weight) }
        quorum = PoolQuorum(virtual.quorum, totalWeight: totalWeight)
        unknownCount = servers.count
        // Those without checks are up from the beginning.
        for server in servers where server.isKnown {
            unknownCount -= 1
            if server.isServing { servingCount += 1 }
            _ = quorum.add(Int64(server.servingWeight), isComplete: false)
        }
        // Where no verdict is awaited, as without servers, the quorum is decided.
        _ = quorum.add(0, isComplete: unknownCount == 0)
    }

    /// The places of the servers.
    var indices: Range<Int> { servers.indices }

    /// A server by its place.
    subscript(server: Int) -> PooledServer {
        // Read in its place: a copy would count references.
        _read { yield servers[server] }
    }

    /// Whether a server shall take connections in one of the services.
    func hasServing(in service: Int) -> Bool {
        servingCount > foundCount || foundCounts.indices.contains(service) && foundCounts[service] > 0
    }

    /// Whether enough servers may take connections.
    var hasQuorum: Bool { quorum.isHeld }

    /// Changes a server, and counts anew what follows from that.
    ///
    /// - Returns: what `body` returns, and what the change means for the wishes; nil for nothing.
    mutating func update<Result>(
        _ server: Int,
        _ body: (inout PooledServer) -> Result
    ) -> (result: Result, shift: Shift?) {
        let (belief, wasInMaintenance) = (servers[server].belief, servers[server].isInMaintenance)
        let (wasKnown, formerWeight) = (servers[server].isKnown, servers[server].servingWeight)
        let formerPlaces = formerWeight > 0 && belief == .adopted ? servers[server].adoptedWeights : nil
        let result = body(&servers[server])
        let (isKnown, weight) = (servers[server].isKnown, servers[server].servingWeight)
        if wasKnown != isKnown { unknownCount += wasKnown ? 1 : -1 }
        let isServingChanged = (formerWeight > 0) != (weight > 0)
        if isServingChanged { servingCount += weight > 0 ? 1 : -1 }
        let places = weight > 0 && servers[server].belief == .adopted ? servers[server].adoptedWeights : nil
        if let formerPlaces { countFound(formerPlaces, by: -1) }
        if let places { countFound(places, by: 1) }
        var isQuorumTurned = false
        if wasKnown != isKnown || formerWeight != weight {
            isQuorumTurned = quorum.add(Int64(weight) - Int64(formerWeight), isComplete: unknownCount == 0)
        }
        guard
            formerWeight != weight || belief != servers[server].belief
                || wasInMaintenance != servers[server].isInMaintenance
        else { return (result, nil) }
        let shift = Shift(
            server: server,
            turnsOthers: isQuorumTurned && servingCount > (weight > 0 ? 1 : 0),
            concernsWaiting: isQuorumTurned || isServingChanged && servingCount - foundCount <= 1
                || (formerPlaces == nil) != (places == nil)
        )
        return (result, shift)
    }

    private mutating func countFound(_ weights: [Int32], by count: Int) {
        foundCount += count
        while foundCounts.count < weights.count { foundCounts.append(0) }
        for (service, weight) in weights.enumerated() where weight > 0 { foundCounts[service] += count }
    }

    /// Lets the quorum go on as it was under a former configuration.
    mutating func goOn(from former: PoolMembers) {
        quorum.goOn(from: former.quorum)
    }

    /// Keeps when it is due to be told again that a server is down; nil where that is not wanted.
    mutating func remind(of server: Int, at moment: MonotonicTime?) {
        servers[server].reminderDue = moment
    }
}
