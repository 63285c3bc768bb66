/// What a director believes of a pool and has made of it, for those who write it out.
package struct PoolState: Hashable, Sendable {
    /// Whether enough of its servers may take connections.
    package var hasQuorum: Bool
    /// Its servers in the order of the configuration.
    package var servers: [ServerState]

    /// Makes the state of a pool.
    package init(hasQuorum: Bool, servers: [ServerState]) {
        self.hasQuorum = hasQuorum
        self.servers = servers
    }
}

/// What a director believes of a server of a pool and has made of it.
package struct ServerState: Hashable, Sendable {
    /// Whether it may take connections.
    package var isUp: Bool
    /// Its weight while it is up, with what its checks make of it.
    package var weight: Int32
    /// Whether it stands in the kernel's table.
    package var isInTable: Bool
    /// Its checks in the order of the configuration.
    package var checks: [CheckState]

    /// Makes the state of a server.
    package init(isUp: Bool, weight: Int32, isInTable: Bool, checks: [CheckState]) {
        self.isUp = isUp
        self.weight = weight
        self.isInTable = isInTable
        self.checks = checks
    }
}

/// What a director believes of a check.
package struct CheckState: Hashable, Sendable {
    /// Whether it has passed; nil while nothing is known by it.
    package var isUp: Bool?
    /// Whether it has given a result.
    package var hasRun: Bool
    /// What its last result has added to the weight of its server, 0 where it adds nothing.
    package var share: Int64

    /// Makes the state of a check.
    package init(isUp: Bool?, hasRun: Bool, share: Int64 = 0) {
        self.isUp = isUp
        self.hasRun = hasRun
        self.share = share
    }
}
