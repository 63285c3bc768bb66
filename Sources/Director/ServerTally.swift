import HealthChecks
package import Time

/// How many real servers there are, up, and changed of late.
package struct ServerTally: Hashable, Sendable {
    /// All of them, each as often as a virtual server has it.
    package var count: Int
    /// Those that are up.
    package var upCount: Int
    /// Those of which something else is believed since a moment.
    package var changedCount: Int

    /// Makes a tally of those.
    package init(count: Int = 0, upCount: Int = 0, changedCount: Int = 0) {
        self.count = count
        self.upCount = upCount
        self.changedCount = changedCount
    }
}

extension Director {
    /// Counts the servers.
    ///
    /// - Parameter moment: from when on a change counts.
    package func tally(since moment: MonotonicTime) -> ServerTally {
        var tally = ServerTally()
        for pool in pools {
            tally.count += pool.members.indices.count
            for server in pool.members.indices {
                if pool.members[server].isAvailable { tally.upCount += 1 }
                if pool.members[server].since >= moment { tally.changedCount += 1 }
            }
        }
        return tally
    }
}
