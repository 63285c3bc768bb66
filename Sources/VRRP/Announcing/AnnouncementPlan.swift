import Failover
import Time

/// When one master announces which of its addresses, as if nothing were in the way.
///
/// Rounds of one occasion are `roundPause` apart: a switch that forgets a frame under load gets the next one a little later.
struct AnnouncementPlan: Sendable {
    /// The time between two rounds of one occasion.
    static let roundPause = Duration.milliseconds(20)

    /// Why rounds are sent.
    enum Occasion: Hashable, Sendable {
        /// It became master, or an address came back to it.
        case mastery
        /// Some time passed since.
        case masteryAgain
        /// Another router with a lower priority advertised.
        case lower
        /// Some time passed since.
        case lowerAgain
        /// From time to time.
        case refresh
        /// From time to time on the interfaces that no advertisement leaves by.
        case extra

        /// Whether its first round is worth a line of the log.
        var isTold: Bool {
            switch self {
            case .mastery, .masteryAgain, .lower, .lowerAgain: true
            case .refresh, .extra: false
            }
        }

        /// Whether it comes by itself again and again, or whenever others want: what may be left out where much waits already.
        var isRecurring: Bool {
            switch self {
            case .mastery, .masteryAgain: false
            case .lower, .lowerAgain, .refresh, .extra: true
            }
        }
    }

    /// Rounds over some addresses.
    private struct Rounds: Sendable {
        var occasion: Occasion
        var addresses: [AnnouncedAddress]
        var next: MonotonicTime
        var left: Int
        var isFirst = true
    }

    /// A round that is due.
    struct Round: Hashable, Sendable {
        var occasion: Occasion
        var addresses: [AnnouncedAddress]
        var isFirst: Bool
    }

    private(set) var subject: AnnouncementSubject
    private var rounds: [Rounds] = []
    private var nextRefresh: MonotonicTime?
    private var nextExtra: MonotonicTime?

    /// Makes the plan of a router that becomes master.
    ///
    /// - Parameter present: those of its addresses that the kernel has; the others are announced when they come.
    init(_ subject: AnnouncementSubject, present: [AnnouncedAddress], at now: MonotonicTime) {
        self.subject = subject
        plan(.mastery, present, rounds: subject.settings.rounds, at: now)
        plan(.masteryAgain, present, rounds: subject.settings.rounds, after: subject.settings.delay, at: now)
        nextRefresh = Self.moment(after: subject.settings.refresh, now)
        nextExtra = subject.extraAddresses.isEmpty ? nil : Self.moment(after: subject.settings.extraInterval, now)
    }

    /// Announces addresses that the kernel has now and had not before.
    mutating func appeared(_ addresses: [AnnouncedAddress], at now: MonotonicTime) {
        let own = subject.addresses.filter(Set(addresses).contains)
        guard !own.isEmpty else { return }
        let settings = subject.settings
        forget(Set(own), on: [.mastery, .masteryAgain])
        plan(.mastery, own, rounds: settings.rounds, at: now)
        plan(.masteryAgain, own, rounds: settings.rounds, after: settings.delay, at: now)
    }

    /// Announces all addresses again: a router with a lower priority has advertised, and may have announced them.
    mutating func heardLower(at now: MonotonicTime) {
        let settings = subject.settings
        if let running = rounds.firstIndex(where: { $0.occasion == .lower }) {
            rounds[running].left = settings.roundsAfterLower
        } else {
            plan(.lower, subject.addresses, rounds: settings.roundsAfterLower, at: now)
        }
        rounds.removeAll { $0.occasion == .lowerAgain && $0.isFirst }
        let count = settings.roundsAfterLower
        plan(.lowerAgain, subject.addresses, rounds: count, after: settings.delayAfterLower, at: now)
    }

    /// Goes on with other settings or addresses; those that are new are announced when they appear.
    mutating func changed(to subject: AnnouncementSubject, at now: MonotonicTime) {
        let old = self.subject
        guard subject != old else { return }
        self.subject = subject
        let kept = Set(subject.addresses)
        forget(Set(old.addresses).subtracting(kept), on: nil)
        if subject.settings.refresh != old.settings.refresh {
            nextRefresh = Self.moment(after: subject.settings.refresh, now)
        }
        if subject.settings.extraInterval != old.settings.extraInterval || subject.extraAddresses.isEmpty
            || nextExtra == nil
        {
            nextExtra = subject.extraAddresses.isEmpty ? nil : Self.moment(after: subject.settings.extraInterval, now)
        }
    }

    /// When a round is due next; nil for never.
    var nextMoment: MonotonicTime? {
        var next = rounds.lazy.map(\.next).min()
        for moment in [nextRefresh, nextExtra] {
            guard let moment else { continue }
            next = min(next ?? moment, moment)
        }
        return next
    }

    /// The rounds that are due, of each occasion one at most, so that they stay apart after a pause of the process too.
    mutating func due(at now: MonotonicTime) -> [Round] {
        let settings = subject.settings
        if let moment = nextRefresh, moment <= now {
            if !rounds.contains(where: { $0.occasion == .refresh }) {
                plan(.refresh, subject.addresses, rounds: settings.refreshRounds, at: now)
            }
            nextRefresh = Self.moment(after: settings.refresh, moment, notBefore: now)
        }
        if let moment = nextExtra, moment <= now {
            plan(.extra, subject.extraAddresses, rounds: 1, at: now)
            nextExtra = Self.moment(after: settings.extraInterval, moment, notBefore: now)
        }
        var due: [Round] = []
        for index in rounds.indices where rounds[index].next <= now {
            due.append(
                Round(
                    occasion: rounds[index].occasion,
                    addresses: rounds[index].addresses,
                    isFirst: rounds[index].isFirst
                )
            )
            rounds[index].isFirst = false
            rounds[index].left -= 1
            rounds[index].next = now + Self.roundPause
        }
        rounds.removeAll { $0.left <= 0 }
        return due
    }

    private mutating func plan(
        _ occasion: Occasion,
        _ addresses: [AnnouncedAddress],
        rounds count: Int,
        after delay: Duration? = nil,
        at now: MonotonicTime
    ) {
        guard count > 0, !addresses.isEmpty, delay != .zero else { return }
        let moment = delay.map { now + $0 } ?? now
        let same = rounds.firstIndex { $0.occasion == occasion && $0.next == moment && $0.left == count && $0.isFirst }
        if let same, occasion == .mastery || occasion == .masteryAgain {
            rounds[same].addresses += addresses
        } else {
            rounds.append(Rounds(occasion: occasion, addresses: addresses, next: moment, left: count))
        }
    }

    /// Takes addresses out of the rounds of some occasions, nil for all of them.
    private mutating func forget(_ addresses: Set<AnnouncedAddress>, on occasions: Set<Occasion>?) {
        guard !addresses.isEmpty else { return }
        for index in rounds.indices where occasions?.contains(rounds[index].occasion) ?? true {
            rounds[index].addresses.removeAll(where: addresses.contains)
        }
        rounds.removeAll { $0.addresses.isEmpty }
    }

    /// The moment an interval after another, on its grid unless that has passed; nil where there is no interval.
    private static func moment(
        after interval: Duration,
        _ moment: MonotonicTime,
        notBefore now: MonotonicTime? = nil
    ) -> MonotonicTime? {
        guard interval > .zero else { return nil }
        let next = moment + interval
        guard let now, next <= now else { return next }
        return now + interval
    }
}
