import Addresses
import Failover
import Time

// What an advertisement that counts means to a router.

extension RouterMachine {
    /// Takes an advertisement that counts.
    mutating func heard(
        _ advertisement: Advertisement,
        from source: IPAddress,
        at now: MonotonicTime,
        into actions: inout NodeActions
    ) -> RouterReaction {
        counters.advertisementsReceived += 1
        lastHeard = now
        writer.heard(advertisement)
        heardSinceLink = true
        wasGivenTime = false
        if advertisement.priority == 0 { counters.priorityZeroReceived += 1 }
        let other = RouterMatter.Other(source, priority: advertisement.priority)
        if other.priority > 0, other.priority >= rival?.priority ?? 0 || rival?.address == source { rival = other }
        switch state {
        case .initial, .fault: return .nothing
        case .backup:
            heardAsBackup(other, interval: advertisement.interval, at: now, into: &actions)
            // A lower one that is heard makes a master announce its addresses anew.
            guard mayBeLookedFor, other.priority > priority else { return .nothing }
            mayBeLookedFor = false
            return .advertise
        case .master: return heardAsMaster(other, interval: advertisement.interval, at: now, into: &actions)
        }
    }

    private mutating func heardAsBackup(
        _ other: RouterMatter.Other,
        interval: Duration,
        at now: MonotonicTime,
        into actions: inout NodeActions
    ) {
        guard other.priority > 0 else {
            if telling.mayTell(.priorityZero, every: masterInterval, at: now) {
                tell(.heardPriorityZero(from: other.address), &actions)
            }
            endDelay(&actions)
            peerHold.end()
            // Twice is meant as once: the second one does not put off what the first one began.
            let soon = now + skew(of: priority)
            due = min(due ?? soon, soon)
            return
        }
        let isLower = other.priority < priority
        if isLower, preempts(other, at: now, into: &actions) {
            if telling.mayTell(.discarded, every: masterInterval / 2, at: now) {
                tell(.discardedLower(other), &actions)
            }
            return
        }
        if !isLower { endDelay(&actions) }
        if master?.address != other.address { remarks.reset() }
        master = other
        receiver.knownMaster = other.address
        learn(interval, into: &actions)
        wantsMastership = false
        if peerHold.end() { tell(.heldNoLonger, &actions) }
        restart(at: now)
    }

    /// Whether it takes over from a lower master as soon as its time runs out, which then runs on.
    private mutating func preempts(
        _ other: RouterMatter.Other,
        at now: MonotonicTime,
        into actions: inout NodeActions
    ) -> Bool {
        guard order != .yield, order != .hold else { return false }
        let delay: Duration
        switch settings.preemption {
        case .never: return order == .take
        case .atOnce: return true
        case .after(let duration), .afterSynchronisation(let duration): delay = duration
        }
        guard order != .take, delay > .zero else { return true }
        guard let delayEnd else {
            self.delayEnd = now + delay
            if case .afterSynchronisation = settings.preemption {
                tell(.awaitsSynchronisation(limit: delay), &actions)
            } else {
                tell(.delayBegan(delay), &actions)
            }
            return false
        }
        guard delayEnd <= now else { return false }
        if !isDelayOver {
            isDelayOver = true
            if case .afterSynchronisation = settings.preemption {
                tell(.synchronised(isComplete: false), &actions)
            }
        }
        return true
    }

    /// Ends the delay before it takes over, as there is no lower master to take over from.
    mutating func endDelay(_ actions: inout NodeActions) {
        guard delayEnd != nil else { return }
        delayEnd = nil
        isDelayOver = false
        tell(.delayEnded, &actions)
    }

    /// Takes note that the connections of the master have arrived.
    mutating func synchronised(at now: MonotonicTime, into actions: inout NodeActions) {
        guard state == .backup, case .afterSynchronisation = settings.preemption, delayEnd != nil, !isDelayOver else {
            return
        }
        delayEnd = now
        isDelayOver = true
        tell(.synchronised(isComplete: true), &actions)
    }

    /// Waits by the interval that the master says: in version 2 it is another one than its own only while a change is going on.
    private mutating func learn(_ interval: Duration, into actions: inout NodeActions) {
        let interval = max(interval, Self.shortestInterval)
        guard interval != masterInterval else { return }
        if settings.version == .three { tell(.intervalLearned(from: masterInterval, to: interval), &actions) }
        masterInterval = interval
    }

    private mutating func heardAsMaster(
        _ other: RouterMatter.Other,
        interval: Duration,
        at now: MonotonicTime,
        into actions: inout NodeActions
    ) -> RouterReaction {
        let mayAnswer = lastAnswer.map { now - $0 >= settings.interval / 8 } ?? true
        guard other.priority > 0 else {
            guard mayAnswer else { return .nothing }
            lastAnswer = now
            return .advertise
        }
        if priority == .max {
            guard !settings.habits.ignoresOthersAsOwner, !settings.habits.isStrict else { return .nothing }
            if other.priority == .max, telling.mayTell(.bothOwners, every: .seconds(60), at: now) {
                tell(.bothOwners(other, yields: isBefore(other)), &actions)
            }
        }
        if isBefore(other) {
            learn(interval, into: &actions)
            return .yield(other)
        }
        if isStalled(at: now), settings.preemption == .never || settings.habits.yieldsAfterStall, order != .take {
            learn(interval, into: &actions)
            return .yieldAfterStall(other)
        }
        guard mayAnswer else { return .nothing }
        lastAnswer = now
        tell(.heardLower(other, own: priority, answers: settings.habits.answersLowerPriority), &actions)
        return settings.habits.answersLowerPriority ? .answer(other) : .nothing
    }
}
