extension Table {
    /// The changes that make `actual` into this table, in the order that keeps services served on the way.
    public func changes(from actual: Table) -> Changeset {
        var order = SafeOrder<Change>()
        func append(_ change: Change?) {
            if let change { order.append(change, at: change.stage) }
        }
        append(timeoutChange(from: actual))
        for wanted in entries {
            let key = wanted.service.key
            let present = actual[key]
            append(Change(from: present?.service, to: wanted.service))
            for destination in wanted.destinations {
                let endpoint = destination.endpoint
                append(Change(at: endpoint, of: key, from: present?[endpoint], to: destination))
            }
            guard let present else { continue }
            for destination in present.destinations where wanted[destination.endpoint] == nil {
                append(Change(at: destination.endpoint, of: key, from: destination, to: nil))
            }
        }
        for present in actual.entries where self[present.service.key] == nil {
            append(.deleteService(present.service.key))
        }
        for change in daemonChanges(from: actual) { append(change) }
        return Changeset(order.steps)
    }

    private func timeoutChange(from actual: Table) -> Change? {
        guard let timeouts, timeouts != Timeouts(tcp: 0, tcpFin: 0, udp: 0) else { return nil }
        if let present = actual.timeouts, timeouts.filled(from: present) == present { return nil }
        return .setTimeouts(timeouts)
    }

    /// The daemons to stop and those to start; nothing is said about a role that this table does not speak of.
    private func daemonChanges(from actual: Table) -> [Change] {
        var changes: [Change] = []
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
