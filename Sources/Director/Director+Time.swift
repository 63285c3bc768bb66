import HealthChecks
package import Time

// What a director does when its time has come.

extension Director {
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
            for pool in pools.indices { tell(pools[pool].reminders(at: now), of: pools[pool].virtual, &actions) }
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

    /// Lets what failed be tried again where its time has come.
    private mutating func retry() {
        for mirror in mirrors.indices {
            guard let moment = mirrors[mirror].retryMoment, moment <= now else { continue }
            if mirrors[mirror].retry(wish(of: mirror), at: now) { touch(mirror) }
        }
        for index in departing.indices { _ = departing[index].backoff.isDue(at: now) }
        settings.retry(at: now)
        nextRetry = nil
        note(retry: settings.retryMoment)
        for mirror in mirrors { note(retry: mirror.retryMoment) }
        for service in departing { note(retry: service.backoff.moment) }
    }
}
