package import Configuration
package import Dialogues
package import Time

/// Which probe to start when.
///
/// Every check has its own period, from start to start; a probe that hangs delays no check but its own, of which there
/// is never more than one in flight. Where there are not enough descriptors for all, half of them are kept for those that do
/// not hang; programs have a room of their own, so that want of processes holds back nothing else. The first round is made
/// at once, a few checks in a few milliseconds, many spread over a second or so; during the two rounds after it every check
/// moves, by shorter periods, to its own place in the interval, so that the load is even.
package struct CheckSchedule: Sendable {
    /// The shortest time between two starts of a check.
    static let shortestInterval = Duration.milliseconds(1)
    /// The time over which new checks are spread, unless they are few, too many, or their interval is shorter.
    static let firstRound = Duration.seconds(1)
    /// The time from one start of the first round to the next while all are made within it: no server is waited for longer
    /// than it takes not to ask all at one moment.
    static let firstSpacing = Duration.milliseconds(1)
    /// The most starts in a second that the first round is planned with.
    static let startsPerSecond = 2500
    /// The time after which a check is tried again that the director could not make; it doubles each time.
    static let firstRetry = Duration.milliseconds(100)
    /// The longest time until such a check is tried again.
    static let longestRetry = Duration.seconds(5)

    /// The most probes that one call of `due` gives: others have their turn between them.
    static let startsAtOnce = 512
    /// The most programs in flight.
    package static let programsAtMost = 1_000

    /// The room for each kind of probe.
    private var rooms: [ProbeRoom]
    /// How late the latest starts were because there was no capacity or nobody asked what is due.
    package private(set) var lag = Duration.zero

    private var places: [CheckProgress?] = []
    private var freePlaces: [Int] = []
    private var placeOfCheck: [ScheduledCheck: Int] = [:]
    private var planned = PlannedStarts()
    /// The place of each probe in flight, and where it stood among the planned ones.
    private var inFlight: [Int: (place: Int, lane: PlannedStarts.Lane)] = [:]
    private var lastToken = 0

    /// Makes a schedule without checks.
    ///
    /// - Parameters:
    ///   - capacity: the most connections in flight; one for each check is enough.
    ///   - programs: the most programs in flight.
    package init(capacity: Int = 1 << 20, programs: Int = programsAtMost) {
        rooms = ProbeRoom.Kind.allCases.map { kind in
            switch kind {
            case .sockets: ProbeRoom(capacity: capacity)
            case .programs: ProbeRoom(capacity: programs)
            }
        }
    }

    /// The probes in flight.
    package var inFlightCount: Int { inFlight.count }

    /// Makes these checks from now on, and no others; those that were made before keep their place and their probe.
    ///
    /// Checks without probes are left out: nothing is ever due for them.
    ///
    /// - Returns: the tokens of probes that are no longer wanted.
    @discardableResult
    package mutating func replace(with checks: [ScheduledCheck], at now: MonotonicTime) -> [Int] {
        let wanted = Set(checks)
        var unwanted: [Int] = []
        for (check, place) in placeOfCheck where !wanted.contains(check) {
            if let start = places[place]?.start { planned.remove(start) }
            places[place] = nil
            freePlaces.append(place)
            placeOfCheck[check] = nil
        }
        for (token, flight) in inFlight where places[flight.place] == nil {
            inFlight[token] = nil
            rooms[flight.lane.kind.rawValue].ended(hangs: flight.lane.hangs)
            unwanted.append(token)
        }
        var new: [ScheduledCheck] = []
        var seen: Set<ScheduledCheck> = []
        for check in checks where placeOfCheck[check] == nil && check.check.isProbed && seen.insert(check).inserted {
            new.append(check)
        }
        freePlaces.sort(by: >)
        for (index, check) in new.enumerated() { insert(check, index: index, of: new.count, at: now) }
        return unwanted.sorted()
    }

    /// The probes to start now, or the first of them; `nextMoment` is past where there are more.
    package mutating func due(at now: MonotonicTime) -> [ProbeRequest] {
        var probes: [ProbeRequest] = []
        var latest: Duration?
        while probes.count < Self.startsAtOnce, let (lane, next) = nextStart(at: now) {
            latest = max(latest ?? .zero, now - next.moment)
            planned.removeFirst(in: lane)
            guard let progress = places[next.place] else { continue }
            lastToken += 1
            inFlight[lastToken] = (next.place, lane)
            rooms[lane.kind.rawValue].began(hangs: lane.hangs)
            probes.append(ProbeRequest(token: lastToken, check: progress.probe))
        }
        // Starts that have to wait for room are late, too.
        for lane in PlannedStarts.Lane.all {
            if let first = planned.first(in: lane), first.moment <= now {
                latest = max(latest ?? .zero, now - first.moment)
            }
        }
        if let latest { lag = latest }
        return probes
    }

    /// The earliest start that is due and has room.
    private func nextStart(at now: MonotonicTime) -> (PlannedStarts.Lane, (moment: MonotonicTime, place: Int))? {
        var found: (lane: PlannedStarts.Lane, start: (moment: MonotonicTime, place: Int))?
        for lane in PlannedStarts.Lane.all {
            guard let first = planned.first(in: lane), first.moment <= now, hasPlace(lane) else { continue }
            // Of equal moments the lower place is first, so that the order is always the same.
            if let other = found, other.start <= first { continue }
            found = (lane, first)
        }
        return found
    }

    private func hasPlace(_ lane: PlannedStarts.Lane) -> Bool {
        rooms[lane.kind.rawValue].hasPlace(hangs: lane.hangs)
    }

    /// The check that a probe in flight belongs to; nil when that is no longer wanted.
    package func check(of token: Int) -> ScheduledCheck? {
        inFlight[token].flatMap { places[$0.place]?.scheduled }
    }

    /// Has checks made soon, as those of a first round are; what follows keeps their pace.
    ///
    /// One that is under way has its result soon, and one that is due sooner keeps its turn.
    package mutating func hurry(_ checks: [ScheduledCheck], at now: MonotonicTime) {
        let window = Self.window(of: checks.count)
        let underWay = Set(inFlight.values.lazy.map(\.place))
        for (index, check) in checks.enumerated() {
            guard let place = placeOfCheck[check], !underWay.contains(place), var progress = places[place] else {
                continue
            }
            let moment = now + window * index / checks.count
            guard moment < progress.planned else { continue }
            if let start = progress.start { planned.remove(start) }
            progress.planned = moment
            plan(progress, place)
        }
    }

    /// The time over which so many checks are spread that are all to be made soon.
    private static func window(of count: Int) -> Duration {
        let crowded = Duration.nanoseconds(Int64(count) * (1_000_000_000 / Int64(startsPerSecond)))
        return max(min(firstRound, firstSpacing * count), crowded)
    }

    /// Takes a probe's result.
    ///
    /// - Parameter isFailing: whether the check has failed of late, but not often enough to be down: it may have another
    ///   pace then.
    /// - Returns: the check that it belongs to; nil when that is no longer wanted.
    package mutating func finished(
        token: Int,
        _ result: CheckResult,
        isFailing: Bool = false,
        at now: MonotonicTime
    ) -> ScheduledCheck? {
        guard let flight = inFlight.removeValue(forKey: token) else { return nil }
        let room = flight.lane.kind.rawValue
        rooms[room].ended(hangs: flight.lane.hangs)
        guard var progress = places[flight.place] else { return nil }
        if result.isUnasked {
            if result.isShortage { rooms[room].ranOut() }
            let factor = Int64(1) << Int64(min(progress.troubles, 10))
            progress.troubles += 1
            progress.planned = now + min(Self.firstRetry * Int(factor), Self.longestRetry)
        } else {
            rooms[room].sufficed()
            progress.troubles = 0
            progress.hangs = result.duration * 2 >= progress.probe.timeout
            progress.count(result.verdict)
            progress.planNext(after: now, isFailing: isFailing)
        }
        plan(progress, flight.place)
        return progress.scheduled
    }

    /// When `due` next gives something; nil while nothing is to be started before a probe has finished.
    package var nextMoment: MonotonicTime? {
        var earliest: MonotonicTime?
        for lane in PlannedStarts.Lane.all where hasPlace(lane) {
            guard let moment = planned.first(in: lane)?.moment else { continue }
            earliest = min(earliest ?? moment, moment)
        }
        return earliest
    }

    /// Puts a check at its place, and its next start among the planned ones.
    private mutating func plan(_ progress: CheckProgress, _ place: Int) {
        var progress = progress
        let lane = PlannedStarts.Lane(kind: ProbeRoom.Kind(progress.scheduled.check.method), hangs: progress.hangs)
        progress.start = planned.insert(place, at: progress.planned, in: lane)
        places[place] = progress
    }

    private mutating func insert(_ check: ScheduledCheck, index: Int, of count: Int, at now: MonotonicTime) {
        let interval = max(check.pace.interval, Self.shortestInterval)
        let window = min(interval, Self.window(of: count))
        let offset = window * index / count
        var progress = CheckProgress(check, planned: now + offset)
        // From its place in the first round a check moves back to the same share of the spread: within the interval, or,
        // where its place there is a later one, by a whole interval less.
        let place = min(check.pace.spread ?? interval, interval) * index / count
        let distance = place <= offset ? offset - place : interval + offset - place
        if distance != .zero {
            progress.shortening = distance / 2
            progress.shortPeriods = 2
        }
        let slot: Int
        if let free = freePlaces.popLast() {
            slot = free
        } else {
            slot = places.count
            places.append(nil)
        }
        placeOfCheck[check] = slot
        plan(progress, slot)
    }
}

extension HealthCheck {
    /// Whether it has results at all.
    package var asks: Bool { if case .alwaysDown = method { false } else { true } }

    /// Whether its results come of probes, and not of what somebody watches.
    package var isProbed: Bool {
        switch method {
        case .alwaysDown, .file: false
        case .connect, .ping, .echo, .negotiate, .combined, .external: true
        }
    }
}
