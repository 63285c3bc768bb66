import Configuration
package import IPVS
package import Time

// The sync daemons, which may be wanted otherwise from one moment to the next.

extension Director {
    /// Wants these sync daemons from now on, at most one of each role, in the place of those of the configuration.
    package mutating func want(_ daemons: [SyncDaemon], at now: MonotonicTime) -> [DirectorAction] {
        self.now = now
        guard configuration.settings.syncDaemons != daemons else { return [] }
        configuration.settings.syncDaemons = daemons
        guard life == .running else { return [] }
        settings.want(configuration.settings)
        var actions: [DirectorAction] = []
        proceed(&actions)
        return actions
    }
}
