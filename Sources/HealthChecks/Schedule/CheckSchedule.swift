package import Configuration

/// Which probe to start when.
///
/// Every check has its own period, from start to start; a probe that hangs delays no check but its own, of which there
/// is never more than one in flight. The first round is made at once, spread over a second or so; during the two rounds
/// after it every check moves, by shorter periods, to its own place in the interval, so that the load is even.
package struct CheckSchedule: Sendable {
    /// The shortest time between two starts of a check.
    static let shortestInterval = Duration.milliseconds(1)
    /// The time over which new checks are spread, unless they are too many or their interval is shorter.
    static let firstRound = Duration.seconds(1)
    /// The most starts in a second that the first round is planned with.
    static let startsPerSecond = 2500
    /// The time after which a check is tried again that the director could not make; it doubles each time.
    static let firstRetry = Duration.milliseconds(100)
    /// The longest time until such a check is tried again.
    static let longestRetry = Duration.seconds(5)

    /// The most probes in flight, at least 1.
    package let capacity: Int
    /// The probes that may be in flight now: fewer than `capacity` after the director ran out of something.
    private var ceiling: Int
    /// How late the latest starts were because there was no capacity or nobody asked what is due.
    package private(set) var lag = Duration.zero

    private var places: [CheckProgress?] = []
    private var ages: [Int] = []
    private var freePlaces: [Int] = []
    private var placeOfCheck: [ScheduledCheck: Int] = [:]
    private var planned = MomentHeap()
    private var inFlight: [Int: Int] = [:]
    private var lastToken = 0

    /// Makes a schedule without checks.
    package init(capacity: Int = 4096) {
        self.capacity = max(1, capacity)
        ceiling = self.capacity
    }

    /// The probes in flight.
    package var inFlightCount: Int { inFlight.count }

    /// Makes these checks from now on, and no others; those that were made before keep their place and their probe.
    ///
    /// Checks that ask nothing are left out: nothing is ever due for them.
    ///
    /// - Returns: the tokens of probes that are no longer wanted.
    @discardableResult
    package mutating func replace(with checks: [ScheduledCheck], at now: MonotonicTime) -> [Int] {
        let wanted = Set(checks)
        var unwanted: [Int] = []
        for (check, place) in placeOfCheck where !wanted.contains(check) {
            places[place] = nil
            ages[place] += 1
            freePlaces.append(place)
            placeOfCheck[check] = nil
        }
        for (token, place) in inFlight where places[place] == nil {
            inFlight[token] = nil
            unwanted.append(token)
        }
        var new: [ScheduledCheck] = []
        var seen: Set<ScheduledCheck> = []
        for check in checks where placeOfCheck[check] == nil && check.check.asks && seen.insert(check).inserted {
            new.append(check)
        }
        freePlaces.sort(by: >)
        for (index, check) in new.enumerated() { insert(check, index: index, of: new.count, at: now) }
        return unwanted.sorted()
    }

    /// The probes to start now.
    package mutating func due(at now: MonotonicTime) -> [Probe] {
        var probes: [Probe] = []
        var latest: Duration?
        while let next = planned.first {
            guard let progress = places[next.place], ages[next.place] == next.age else {
                planned.removeFirst()
                continue
            }
            guard next.moment <= now else { break }
            latest = max(latest ?? .zero, now - next.moment)
            guard inFlight.count < ceiling else { break }
            planned.removeFirst()
            lastToken += 1
            inFlight[lastToken] = next.place
            probes.append(Probe(token: lastToken, check: progress.probe))
        }
        if let latest { lag = latest }
        return probes
    }

    /// Takes a probe's result.
    ///
    /// - Returns: the check that it belongs to; nil when that is no longer wanted.
    package mutating func finished(token: Int, _ result: CheckResult, at now: MonotonicTime) -> ScheduledCheck? {
        guard let place = inFlight.removeValue(forKey: token), var progress = places[place] else { return nil }
        if result.isUnasked {
            // The probes that are in flight are as many as there is room for.
            if result.isShortage { ceiling = max(1, min(ceiling, inFlight.count)) }
            let factor = Int64(1) << Int64(min(progress.troubles, 10))
            progress.troubles += 1
            progress.planned = now + min(Self.firstRetry * Int(factor), Self.longestRetry)
        } else {
            if ceiling < capacity { ceiling += 1 }
            progress.troubles = 0
            progress.count(result.verdict)
            progress.planNext(after: now)
        }
        places[place] = progress
        planned.insert(.init(moment: progress.planned, place: place, age: ages[place]))
        return progress.scheduled
    }

    /// When `due` next gives something; nil while nothing is to be started before a probe has finished.
    package var nextMoment: MonotonicTime? {
        inFlight.count < ceiling ? planned.first?.moment : nil
    }

    private mutating func insert(_ check: ScheduledCheck, index: Int, of count: Int, at now: MonotonicTime) {
        let interval = max(check.interval, Self.shortestInterval)
        let crowded = Duration.nanoseconds(Int64(count) * (1_000_000_000 / Int64(Self.startsPerSecond)))
        let window = min(interval, max(Self.firstRound, crowded))
        let offset = window * index / count
        var progress = CheckProgress(check, planned: now + offset)
        // From its place in the first round a check moves back to the same share of the interval, a whole interval less.
        let place = interval * index / count
        let distance = place == offset ? Duration.zero : interval + offset - place
        if interval > window, interval > distance, distance != .zero {
            progress.shortening = distance / 2
            progress.shortPeriods = 2
        }
        let slot: Int
        if let free = freePlaces.popLast() {
            slot = free
            places[slot] = progress
        } else {
            slot = places.count
            places.append(progress)
            ages.append(0)
        }
        placeOfCheck[check] = slot
        planned.insert(.init(moment: progress.planned, place: slot, age: ages[slot]))
    }
}

extension HealthCheck {
    /// Whether anybody is asked at all.
    package var asks: Bool {
        switch method {
        case .alwaysUp, .alwaysDown: false
        case .connect, .ping, .negotiate, .combined, .external: true
        }
    }
}
