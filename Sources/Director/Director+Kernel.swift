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
            if case .addService = change.change { followRefusal(of: change.key, &actions) }
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
        let wasRefused = mirrors[mirror].isRefused
        if mirrors[mirror].awaitsAdoption {
            adopt(entry, in: mirror)
        } else {
            let events = mirrors[mirror].observe(entry, wish(of: mirror), in: phase, at: now)
            actions += events.map { .tell($0) }
        }
        if mirrors[mirror].pending.isDirty { touch(mirror) }
        if mirrors[mirror].isRefused != wasRefused { followRefusal(of: mirrors[mirror].key, &actions) }
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
}
