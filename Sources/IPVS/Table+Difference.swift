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
        return Changeset(settings(from: actual) + additions + edits + deletions)
    }

    /// The changes to timeouts and daemons, of which a table may say nothing.
    private func settings(from actual: Table) -> [Change] {
        var changes: [Change] = []
        if let timeouts, actual.timeouts.map({ timeouts.filled(from: $0) != $0 }) ?? true {
            changes.append(.setTimeouts(timeouts))
        }
        for role in SyncDaemon.Role.allCases {
            guard let wanted = daemons[role] else { continue }
            if let running = actual.daemons[role] {
                if running.satisfies(wanted) { continue }
                changes.append(.stopDaemon(role))
            }
            changes.append(.startDaemon(wanted))
        }
        return changes
    }
}
