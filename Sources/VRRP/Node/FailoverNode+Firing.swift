import Failover
import Time

// What a router does when its moment has come.

extension FailoverNode {
    mutating func fire(_ place: Int, at now: MonotonicTime) {
        if let end = routers[place].losses.end, end <= now {
            routers[place].losses.finish()
            evaluate(place, at: now)
            settle(unit(of: place), at: now)
        }
        for report in routers[place].rejections.due(at: now) { tell(report, of: place) }
        if let former = routers[place].former, former.end <= now {
            routers[place].former = nil
            channelsAreDue = true
        }
        if let due = routers[place].due, due <= now {
            switch routers[place].state {
            case .initial, .fault: routers[place].due = nil
            case .backup: timeRanOut(place, due: due, at: now)
            case .master: advertise(place, due: due, at: now)
            }
        }
    }

    /// Sends the regular advertisement of a master, and keeps to the grid of its interval.
    private mutating func advertise(_ place: Int, due: MonotonicTime, at now: MonotonicTime) {
        noteStall(place, at: now)
        send(place, at: now)
        let next = due + routers[place].settings.interval
        routers[place].due = next > now ? next : now + routers[place].settings.interval
    }

    /// Counts and tells that a router was woken so late that a peer may have taken over.
    mutating func noteStall(_ place: Int, at now: MonotonicTime) {
        guard routers[place].isStalled(at: now), let lastSent = routers[place].lastSent else { return }
        routers[place].counters.stalls += 1
        let late = now - lastSent - (routers[place].settings.interval)
        if routers[place].telling.mayTell(.stalled, every: .seconds(1), at: now) {
            tell(.stalled(late: late), of: place)
        }
    }

    /// Takes over where nothing keeps a backup whose time has run out.
    private mutating func timeRanOut(_ place: Int, due: MonotonicTime, at now: MonotonicTime) {
        if let later = reprieve(place, due: due, at: now) {
            routers[place].due = later
            return
        }
        routers[place].wantsMastership = true
        let others = unit(of: place).filter { $0 != place }
        guard others.allSatisfy({ routers[$0].wantsMastership || routers[$0].state == .master }) else {
            // It waits until the time of all members has run out (measured: S27).
            routers[place].restart(at: now)
            return
        }
        tell(.timedOut, of: place)
        becomeMaster(place, at: now)
    }

    /// The moment until which a backup waits although its time has run out; nil where it takes over.
    private mutating func reprieve(_ place: Int, due: MonotonicTime, at now: MonotonicTime) -> MonotonicTime? {
        let patience = routers[place].patience
        if routers[place].order == .hold { return now + patience }
        if let later = routers[place].peerHold.prolonged(by: patience, at: now) { return later }
        // Whoever slept may have missed what came meanwhile: a moment is given to hear somebody, once.
        let interval = routers[place].masterInterval
        if now - due > interval, !routers[place].wasGivenTime {
            routers[place].wasGivenTime = true
            routers[place].counters.stalls += 1
            if routers[place].telling.mayTell(.stalled, every: .seconds(1), at: now) {
                tell(.stalled(late: now - due), of: place)
            }
            return now + interval + routers[place].skew(of: routers[place].priority)
        }
        // A link that came up may carry nothing yet, as the ports of a switch do in their first seconds.
        let settling = configuration.settings.linkSettling
        if settling > .zero, !routers[place].heardSinceLink, let since = routers[place].linkSince,
            since + settling > now
        {
            return since + settling
        }
        return nil
    }
}
