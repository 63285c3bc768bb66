import Failover
import Time

// What changes in a router when it enters a state, and what it sends.

extension RouterMachine {
    /// Becomes master; its first advertisement is still to be sent.
    mutating func becomeMaster(at now: MonotonicTime, into actions: inout NodeActions) {
        if masterInterval != settings.interval {
            tell(.intervalRestored(from: masterInterval, to: settings.interval), &actions)
            masterInterval = settings.interval
        }
        state = .master
        counters.becameMaster += 1
        master = nil
        lastAnswer = nil
        otherMaster = nil
        isSettled = false
        unset = []
        lastTransition = now
        // The first advertisement is out before anybody can have been stalled.
        lastSent = nil
        mayBeLookedFor = false
        forgetElection()
    }

    /// Leaves mastership, fault or the beginning, for backup or fault.
    mutating func leave(for state: RouterState, at now: MonotonicTime, into actions: inout NodeActions) {
        if self.state == .master {
            counters.releasedMaster += 1
            otherMaster = nil
            isSettled = false
            if state == .fault { mayBeLookedFor = true }
        }
        self.state = state
        lastTransition = now
        forgetElection()
        if state == .backup {
            restart(at: now)
        } else {
            due = nil
            master = nil
            masterInterval = settings.interval
        }
    }

    private mutating func forgetElection() {
        wantsMastership = false
        delayEnd = nil
        isDelayOver = false
        wasGivenTime = false
        peerHold.end()
        remarks.reset()
        receiver.knownMaster = nil
    }

    /// Sends an advertisement, to the group or to each peer.
    ///
    /// - Parameter priority: 0 to leave; nil for its own.
    mutating func send(
        priority: UInt8?,
        clock: Duration,
        at now: MonotonicTime,
        into actions: inout NodeActions
    ) {
        let priority = priority ?? self.priority
        // What cannot be sent counts as sent: the time to the next one runs on all the same.
        lastSent = now
        if state == .master { due = now + settings.interval }
        guard canSend, let source else { return }
        for sent in writer.write(priority: priority, from: source, clock: clock) {
            actions.append(.send(sent, by: settings.name))
        }
        for sent in former?.writer.write(priority: priority, from: source, clock: clock) ?? [] {
            actions.append(.send(sent, by: settings.name))
        }
        counters.advertisementsSent += 1
        if priority == 0 { counters.priorityZeroSent += 1 }
    }
}
