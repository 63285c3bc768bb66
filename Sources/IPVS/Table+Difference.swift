extension Table {
    /// The changes that make `actual` into this table.
    ///
    /// Nothing is deleted to be added again: the kernel keeps a deleted server for minutes and walks over it at every
    /// add. Services are added each with its servers behind it, for the kernel finds the youngest service of a hash
    /// bucket first. What takes traffic away comes last, so that no service is empty or gone while its successor is
    /// not yet there.
    public func changes(from actual: Table) -> Changeset {
        var additions: [Change] = []
        var edits: [Change] = []
        var deletions: [Change] = []
        for wanted in entries {
            let key = wanted.service.key
            guard let present = actual[key] else {
                additions.append(.addService(wanted.service))
                additions += wanted.destinations.map { .addDestination($0, to: key) }
                continue
            }
            if present.service != wanted.service { edits.append(.editService(wanted.service)) }
            for destination in wanted.destinations {
                guard let known = present[destination.endpoint] else {
                    additions.append(.addDestination(destination, to: key))
                    continue
                }
                if known != destination { edits.append(.editDestination(destination, of: key)) }
            }
            for destination in present.destinations where wanted[destination.endpoint] == nil {
                deletions.append(.deleteDestination(destination.endpoint, of: key))
            }
        }
        for present in actual.entries where self[present.service.key] == nil {
            deletions.append(.deleteService(present.service.key))
        }
        let (stops, starts) = daemonChanges(from: actual)
        return Changeset(timeoutChanges(from: actual) + stops + additions + edits + deletions + starts)
    }

    private func timeoutChanges(from actual: Table) -> [Change] {
        guard let timeouts, timeouts != Timeouts(tcp: 0, tcpFin: 0, udp: 0) else { return [] }
        if let present = actual.timeouts, timeouts.filled(from: present) == present { return [] }
        return [.setTimeouts(timeouts)]
    }

    /// The daemons to stop, before servers come that exclude them, and those to start, after such servers have gone.
    ///
    /// Nothing is said about a role that this table does not speak of.
    private func daemonChanges(from actual: Table) -> (stops: [Change], starts: [Change]) {
        var changes: (stops: [Change], starts: [Change]) = ([], [])
        for role in SyncDaemon.Role.allCases {
            guard let wanted = daemons[role] else { continue }
            if let running = actual.daemons[role] {
                if running.satisfies(wanted) { continue }
                changes.stops.append(.stopDaemon(role))
            }
            changes.starts.append(.startDaemon(wanted))
        }
        return changes
    }
}
