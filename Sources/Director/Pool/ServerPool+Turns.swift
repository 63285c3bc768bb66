import Configuration

// What is told of a pool to those who follow whether it and its servers are up.

extension ServerPool {
    /// What is to be told of a server that may have turned; nil for nothing.
    ///
    /// Nothing is told of servers that the kernel has no service for: it is told once there is one.
    mutating func turn(_ server: Int, _ occasion: Occasion) -> ServerEvent? {
        isRefused ? nil : turns?.turn(server, members[server], occasion)
    }

    /// What is to be told of servers that turned by themselves or by another configuration.
    mutating func turnServers(_ occasion: Occasion) -> [DirectorEvent.Matter] {
        guard turns != nil else { return [] }
        return members.indices.compactMap { server in
            turn(server, occasion).map { .server(members[server].real, $0) }
        }
    }

    /// What is to be told of the quorum; nil for nothing.
    mutating func turnQuorum(_ occasion: Occasion) -> DirectorEvent.Matter? {
        isRefused ? nil : turns?.turnQuorum(members.quorum, occasion).map { .quorum($0) }
    }

    /// Keeps whether the kernel refuses all services.
    ///
    /// - Returns: what is to be told of the quorum and, once there is a service, of what happened meanwhile.
    mutating func refuse(_ isRefused: Bool) -> [DirectorEvent.Matter] {
        guard isRefused != self.isRefused else { return [] }
        self.isRefused = isRefused
        guard isRefused else { return turnServers(.running) + [turnQuorum(.running)].compactMap { $0 } }
        return (turns?.loseQuorum(members.quorum, .running)).map { [.quorum($0)] } ?? []
    }

    /// What is to be told of the end of servers, and of the whole pool.
    ///
    /// - Parameter isWhole: whether the pool ends with them.
    func ends(
        _ occasion: Occasion,
        isWhole: Bool = true,
        where isEnding: (Int) -> Bool = { _ in true }
    ) -> [DirectorEvent.Matter] {
        guard let turns, !isRefused else { return [] }
        var matters: [DirectorEvent.Matter] = []
        for server in members.indices where isEnding(server) && turns.isEndNews(server, members[server]) {
            matters.append(.server(members[server].real, .turned(isUp: false, occasion)))
        }
        if isWhole, let end = turns.quorumEnd(members.quorum, occasion) { matters.append(.quorum(end)) }
        return matters
    }
}
