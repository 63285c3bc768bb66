import Configuration
import HealthChecks
package import IPVS
package import Time

// What a director asks of the kernel, one thing at a time, and what it makes of the answers.

extension Director {
    /// Takes the report on the changes that were asked for last.
    package mutating func applied(
        _ changeset: Changeset,
        _ report: ApplyReport,
        at now: MonotonicTime
    ) -> [DirectorAction] {
        guard case .changes(let planned) = outstanding else { return [] }
        self.now = now
        outstanding = .nothing
        var actions: [DirectorAction] = []
        var errors: [Int: IPVSError] = [:]
        for failure in report.failures { errors[failure.index] = failure.error }
        settle(planned.settingOutcomes(errors), &actions)
        let serviceErrors = planned.serviceErrors(errors)
        let pauses = postpone(planned.services, serviceErrors)
        forgetDeparted(planned.services, serviceErrors)
        for (index, change) in planned.services.enumerated() {
            if let error = serviceErrors[index] {
                actions += failed(change, error, retry: pauses[change.key])
            } else {
                actions += succeeded(change)
            }
        }
        switch life {
        case .created, .stopped: break
        case .running:
            if !errors.isEmpty || isRepairDone(planned.services) { wantsReading = true }
            proceed(&actions)
        case .ending: finish(&actions)
        case .stopping:
            life = .stopped
            actions.append(.stopped)
        }
        return actions
    }

    /// Whether there were changes that put right what others did.
    private func isRepairDone(_ planned: [PlannedChange]) -> Bool {
        planned.contains { change in links.place(of: change.key).map { mirrors[$0].reconciler.isRepairing } ?? false }
    }

    /// Takes the kernel's table as it is now.
    package mutating func observed(_ actual: Table, at now: MonotonicTime) -> [DirectorAction] {
        guard life == .running else { return [] }
        self.now = now
        if case .changes = outstanding {
            // Nobody can tell whether it was read before or after them.
            wantsReading = true
            return []
        }
        nextReading = now + readingPause(at: now)
        outstanding = .nothing
        wantsReading = false
        var actions: [DirectorAction] = []
        for event in settings.read(actual, at: now) { actions.append(.tellSetting(event)) }
        for mirror in mirrors.indices { observe(actual[mirrors[mirror].key], in: mirror, &actions) }
        departing.removeAll { actual[$0.key] == nil }
        proceed(&actions)
        return actions
    }

    /// Takes what the kernel has of a service as it is now.
    private mutating func observe(_ entry: Table.Entry?, in mirror: Int, _ actions: inout [DirectorAction]) {
        if mirrors[mirror].confirm(entry) { return }
        if mirrors[mirror].awaitsAdoption {
            adopt(entry, in: mirror)
        } else {
            let events = mirrors[mirror].observe(entry, wish(of: mirror), in: phase, at: now)
            actions += events.map { .tell($0) }
        }
        if mirrors[mirror].pending.isDirty { touch(mirror) }
    }

    /// The time until the next reading, by the time that this one took.
    private func readingPause(at now: MonotonicTime) -> Duration {
        guard case .reading(let since) = outstanding else { return Self.readingInterval }
        return min(max(Self.readingInterval, (now - since) * Self.readingRatio), Self.longestReadingInterval)
    }

    /// What others removed from the table and is not back, in the order of the configuration.
    package var missing: [MissingEntry] {
        mirrors.indices.flatMap { mirror in
            mirrors[mirror].missing(wish(of: mirror)).map { MissingEntry(service: mirrors[mirror].key, subject: $0) }
        }
    }

    /// Does what has become due.
    package mutating func timePassed(at now: MonotonicTime) -> [DirectorAction] {
        guard life == .running else { return [] }
        self.now = now
        var actions: [DirectorAction] = []
        if case .reading(let since) = outstanding, since + Self.readingTimeout <= now {
            // What is known goes on counting.
            outstanding = .nothing
            nextReading = now + Backoff.firstPause
        }
        if let nextReading, nextReading <= now { wantsReading = true }
        if let nextRetry, nextRetry <= now { retry() }
        if let nextReminder, nextReminder <= now { remind(&actions) }
        proceed(&actions)
        return actions
    }

    /// Has it told again which servers are still down, as far as that is due.
    private mutating func remind(_ actions: inout [DirectorAction]) {
        if phase == .running {
            for pool in pools.indices {
                let reminders = pools[pool].reminders(at: now)
                tell(reminders, of: pools[pool].virtual, &actions)
            }
        }
        nextReminder = pools.lazy.compactMap(\.nextReminder).min().map { max($0, now + Self.reminderLook) }
    }

    /// When `timePassed` has something to do.
    package var nextMoment: MonotonicTime? {
        guard life == .running else { return nil }
        var moments = [nextRetry, nextReminder].compactMap { $0 }
        switch outstanding {
        case .nothing: moments += [nextReading].compactMap { $0 }
        case .reading(let since): moments.append(since + Self.readingTimeout)
        case .changes: break
        }
        return moments.min()
    }

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
}
