import Addresses
import Failover
package import Time

// What routers track: the reasons and priorities that it makes.

extension FailoverNode {
    /// Takes what was found of something that is tracked; interfaces are known by `changed`.
    package mutating func tracked(
        _ subject: TrackedSubject,
        _ value: TrackedValue,
        at now: MonotonicTime
    ) -> [NodeAction] {
        // What is told before the start, or of what nobody tracks yet, is known when it is asked for.
        guard subject.kind != .interface, values[subject] != value else { return [] }
        values[subject] = value
        guard life == .running else { return [] }
        trackedChanged(subject, value, at: now)
        return finish(at: now)
    }

    /// Takes note that the process which looks at scripts, files and servers is gone: what it told last is held.
    package mutating func trackersVanished(at now: MonotonicTime) -> [NodeAction] {
        guard life == .running, hasTrackers else { return [] }
        hasTrackers = false
        tell(.trackersHeld)
        return finish(at: now)
    }

    /// Takes note that it is back, and will tell what it finds.
    package mutating func trackersReturned(at now: MonotonicTime) -> [NodeAction] {
        guard life == .running, !hasTrackers else { return [] }
        hasTrackers = true
        tell(.trackersReturned)
        return finish(at: now)
    }

    /// Takes a measure of the table, by which a router that waits for the connections of a master sees whether they have arrived.
    ///
    /// It is taken each second as long as one waits.
    ///
    /// - Parameters:
    ///   - synchronised: the entries that came from another machine.
    ///   - total: all entries.
    package mutating func tableMeasured(synchronised: Int, total: Int, at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else { return [] }
        guard gauge.measured(synchronised: synchronised, total: total, at: now) else { return [] }
        for place in routers.indices {
            touch(place)
            routers[place].synchronised(at: now, into: &actions)
        }
        return finish(at: now)
    }

    /// Whether a router waits for the connections of a master, so that the table is to be measured.
    package var awaitsSynchronisation: Bool {
        routers.contains { router in
            guard case .afterSynchronisation = router.settings.preemption else { return false }
            return router.state == .backup && router.delayEnd != nil && !router.isDelayOver
        }
    }

    mutating func trackedChanged(_ subject: TrackedSubject, _ value: TrackedValue, at now: MonotonicTime) {
        guard let concerned = watchers[subject] else { return }
        for place in concerned {
            touch(place)
            tell(.tracked(subject, value), of: place)
        }
        reconsider(concerned, at: now)
    }

    /// Looks at routers anew, and then at their groups, each once.
    mutating func reconsider(_ concerned: [Int], at now: MonotonicTime) {
        for place in concerned { evaluate(place, at: now) }
        var settled: Set<Int> = []
        for place in concerned {
            if let group = routers[place].group, !settled.insert(group).inserted { continue }
            settle(unit(of: place), at: now)
        }
    }

    /// Works out the reasons and the priority of a router, and tells what is other than before.
    mutating func evaluate(_ place: Int, at now: MonotonicTime) {
        touch(place)
        let verdict = routers[place].trackers.verdict(values)
        routers[place].awaitsTrackers = verdict.isAwaited
        var reasons = linkReasons(of: place)
        for subject in verdict.faults { reasons.insert(.tracked(subject)) }
        if routers[place].losses.end != nil { reasons.insert(.takenAway) }
        if let number = obstacles[routers[place].settings.name] { reasons.insert(.noSocket(number)) }
        for group in lostStatics where configuration.trackGroups[group]?.contains(routers[place].settings.name) == true
        {
            reasons.insert(.staticEntry(group))
        }
        let old = routers[place].reasons
        routers[place].reasons = reasons
        for reason in old.subtracting(reasons).sorted() { tell(.faultEnded(reason), of: place) }
        for reason in reasons.subtracting(old).sorted() { tell(.faultBegan(reason), of: place) }
        routers[place].trackedPriority = RouterTrackers.priority(
            routers[place].settings.priority,
            adjustedBy: verdict.adjustment
        )
        adjust(place, at: now)
    }

    /// Takes a change of the priority: a backup whose time runs waits by the new one.
    mutating func adjust(_ place: Int, at now: MonotonicTime) {
        let (old, new) = (routers[place].countedPriority, routers[place].priority)
        guard old != new else { return }
        routers[place].countedPriority = new
        touch(place)
        if routers[place].state == .backup, let due = routers[place].due {
            routers[place].due = due + (routers[place].skew(of: new) - routers[place].skew(of: old))
        }
        if routers[place].hasBegun {
            tell(.priorityChanged(from: old, to: new), of: place)
        }
    }
}
