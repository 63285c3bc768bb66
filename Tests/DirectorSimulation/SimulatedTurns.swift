import Configuration
import Director

/// What was told to those who follow whether pools and their servers are up.
struct SimulatedTurns {
    /// What was told of one pool.
    private struct Told {
        var servers: [String: Bool] = [:]
        var isQuorumHeld: Bool?
    }

    private var pools: [String?: Told] = [:]

    /// Takes what is told of a pool.
    ///
    /// - Returns: what was told before already; nil where it is news.
    mutating func told(_ matter: DirectorEvent.Matter, of virtual: VirtualServer) -> String? {
        var told = pools[virtual.name] ?? Told()
        defer { pools[virtual.name] = told }
        switch matter {
        case .server(let real, .turned(let isUp, _)):
            guard told.servers.updateValue(isUp, forKey: real.text) != isUp else { return "\(real.text) is \(isUp)" }
        case .quorum(let event):
            defer { told.isQuorumHeld = event.isHeld }
            if told.isQuorumHeld == event.isHeld { return "the quorum is \(event.isHeld)" }
        default: break
        }
        return nil
    }

    /// What is known under another configuration, in which pools go on from others.
    ///
    /// - Parameter origins: the former pool of each pool; nil for none.
    func reloaded(_ virtuals: [VirtualServer], from origins: [VirtualServer?]) -> SimulatedTurns {
        var new = SimulatedTurns()
        for (virtual, origin) in zip(virtuals, origins) {
            guard let origin, virtual.tellsTurns, origin.tellsTurns, var told = pools[origin.name] else { continue }
            let stays = Set(virtual.realServers.map(\.text))
            told.servers = told.servers.filter { stays.contains($0.key) }
            new.pools[virtual.name] = told
        }
        return new
    }

    /// In what is taken for known of pools at rest something else than what is.
    func differences(_ account: SimulatedAccount) -> [String] {
        account.pools.filter(\.virtual.tellsTurns).flatMap { pool in
            let told = pools[pool.virtual.name] ?? Told()
            var differences = pool.members.compactMap { member -> String? in
                // Nobody is told of a first success that is no news.
                let isUp = told.servers[member.real.text] ?? (member.real.tellsFirstSuccess ? nil : true)
                return isUp == member.isAlive ? nil : "\(member.real.text) was not told to be \(member.isAlive)"
            }
            let isHeld: Bool? =
                switch pool.level {
                case .held: true
                case .lost: false
                case .undecided, .open: nil
                }
            if let isHeld, told.isQuorumHeld != isHeld { differences.append("the quorum was not told to be \(isHeld)") }
            return differences.map { "\(pool.virtual.name ?? ""): \($0)" }
        }
    }
}
