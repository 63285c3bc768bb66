import Configuration
import HealthChecks
import IPVS
package import Time

// How a director stops: what is to be removed is removed, and the rest stays.

extension Director {
    /// Stops: what is to be removed is removed, and nothing more is checked.
    package mutating func stopping(at now: MonotonicTime) -> [DirectorAction] {
        self.now = now
        switch life {
        case .created:
            life = .stopped
            return [.stopped]
        case .ending, .stopping, .stopped: return []
        case .running: break
        }
        life = .ending
        phase = .stopping
        var actions: [DirectorAction] = [.schedule([])]
        for pool in pools where pool.virtual.tellsStop && !configuration.settings.leavesTable {
            tell(pool.ends(.stop), of: pool.virtual, &actions)
        }
        for pool in pools where pool.virtual.isRemovedAtStop && pool.standbyNeed == .needed {
            tell([.standby(.notNeeded)], of: pool.virtual, &actions)
        }
        // Changes that are being carried out come to their end first.
        if case .changes = outstanding { return actions }
        finish(&actions)
        return actions
    }

    /// Asks for the last changes, and stops when there are none.
    mutating func finish(_ actions: inout [DirectorAction]) {
        let planned = configuration.settings.leavesTable ? PlannedChanges() : lastChanges()
        guard !planned.isEmpty else {
            life = .stopped
            actions.append(.stopped)
            return
        }
        life = .stopping
        ask(planned, &actions)
    }

    private mutating func lastChanges() -> PlannedChanges {
        settings.want(DirectorSettings())
        let shared = settings.steps()
        var planned = PlannedChanges(before: shared.before, after: shared.after)
        planned.services = departing.map { $0.removal(in: phase) }
        for mirror in mirrors.indices where mirrors[mirror].isRead {
            let wish = wish(of: mirror)
            if !wish.first.pool.virtual.isRemovedAtStop {
                planned.services += mirrors[mirror].steps(to: wish, context)
            } else if mirrors[mirror].isInTable {
                planned.services.append(mirrors[mirror].removal(wish, in: phase))
            }
        }
        if configuration.settings.emptiesTableAtStop { planned.after.append(.flush) }
        return planned
    }
}
