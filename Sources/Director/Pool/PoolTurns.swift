import Configuration

/// What was told of a pool and its servers to those who follow whether they are up.
///
/// Nothing is told twice: neither a new configuration nor a check in the place of another makes news of what is known.
struct PoolTurns: Sendable {
    /// What is taken for known of a server.
    private struct Told: Sendable {
        /// Whether it is up; nil while nothing is known.
        var isUp: Bool?
        /// Whether a verdict was given.
        var hasVerdict = false
    }

    private var servers: [Told]
    /// Whether the quorum is held, as it was told; nil while nothing was.
    private var isQuorumHeld: Bool?

    /// Makes the account of a pool of which nothing was told; servers whose first success is no news are taken for up.
    init(_ virtual: VirtualServer) {
        servers = virtual.realServers.map { Told(isUp: $0.tellsFirstSuccess ? nil : true) }
    }

    /// Goes on from the account of a former configuration.
    ///
    /// - Parameter place: the former place of a server by the present one; nil for a new one.
    mutating func goOn(from former: PoolTurns, _ place: (Int) -> Int?) {
        isQuorumHeld = former.isQuorumHeld
        for server in servers.indices {
            if let place = place(server), former.servers[place].hasVerdict { servers[server] = former.servers[place] }
        }
    }

    /// Takes note of what a server is now.
    ///
    /// - Returns: what is to be told; nil for nothing.
    mutating func turn(_ server: Int, _ state: PooledServer, _ occasion: Occasion) -> ServerEvent? {
        guard let isUp = state.verdict else { return nil }
        let former = servers[server]
        servers[server] = Told(isUp: isUp, hasVerdict: true)
        guard isUp != former.isUp else { return nil }
        let isFirst = !former.hasVerdict && occasion == .running
        return .turned(isUp: isUp, isFirst ? .start : occasion)
    }

    /// Takes note of what the quorum is now.
    ///
    /// - Returns: what is to be told; nil for nothing.
    mutating func turnQuorum(_ quorum: PoolQuorum, _ occasion: Occasion) -> QuorumEvent? {
        guard let isHeld = quorum.verdict, isHeld != isQuorumHeld else { return nil }
        let former = isQuorumHeld
        isQuorumHeld = isHeld
        return QuorumEvent(
            isHeld: isHeld,
            weight: quorum.servingWeight,
            threshold: quorum.threshold(whileHeld: former ?? true),
            former == nil && occasion == .running ? .start : occasion
        )
    }

    /// Takes the quorum for lost.
    ///
    /// - Returns: what is to be told; nil where it was not told to be held.
    mutating func loseQuorum(_ quorum: PoolQuorum, _ occasion: Occasion) -> QuorumEvent? {
        let end = quorumEnd(quorum, occasion)
        if end != nil { isQuorumHeld = false }
        return end
    }

    /// Whether the end of a server is news: it serves, and nobody was told that it is down.
    func isEndNews(_ server: Int, _ state: PooledServer) -> Bool { state.isAvailable && servers[server].isUp ?? false }

    /// What the end of the pool is, after its servers'; nil where it was not told to be up.
    func quorumEnd(_ quorum: PoolQuorum, _ occasion: Occasion) -> QuorumEvent? {
        guard isQuorumHeld ?? false else { return nil }
        return QuorumEvent(isHeld: false, weight: 0, threshold: quorum.threshold(whileHeld: true), occasion)
    }
}
