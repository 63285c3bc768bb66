import Failover

/// What a virtual router tracks, its group's trackers among it, and what that makes of its priority.
struct RouterTrackers: Hashable, Sendable {
    /// The most that one number of a file takes off or adds.
    static let fileLimit = 253

    /// What the values of all that is tracked make of a router.
    struct Verdict: Hashable, Sendable {
        /// What is added to the priority.
        var adjustment = 0
        /// What is not well and has no weight, in the order of the trackers.
        var faults: [TrackedSubject] = []
        /// Whether something without a weight was never looked at.
        var isAwaited = false
    }

    private struct Entry: Hashable, Sendable {
        var subject: TrackedSubject
        var weight: Int
        var isReversed: Bool
    }

    private var entries: [Entry] = []

    /// Tracks nothing.
    init() {}

    /// Takes the trackers of a router, and of its group.
    ///
    /// The priority of an owner, and of a member of a group without weights, does not move: scripts, processes and servers with a
    /// weight are left out, interfaces and files lose it.
    init(_ router: VirtualRouter, group: SyncGroup?) {
        let keepsWeights = router.priority != .max && group?.hasWeights != false
        for trackers in [router.trackers, group?.trackers ?? Trackers()] {
            let others = trackers.interfaces.filter { $0.name != router.interface }
            add(others, .interface, keepsWeights: keepsWeights)
            add(trackers.scripts, .script, keepsWeights: keepsWeights)
            add(trackers.files, .file, keepsWeights: keepsWeights)
            add(trackers.processes, .process, keepsWeights: keepsWeights)
            add(trackers.servers, .server, keepsWeights: keepsWeights)
        }
    }

    private mutating func add(_ trackers: [Tracker], _ kind: TrackedSubject.Kind, keepsWeights: Bool) {
        for tracker in trackers {
            var weight = tracker.weight
            if !keepsWeights, weight != 0 {
                guard kind == .interface || kind == .file else { continue }
                weight = 0
            }
            let subject = TrackedSubject(kind, tracker.name)
            guard !entries.contains(where: { $0.subject == subject }) else { continue }
            entries.append(Entry(subject: subject, weight: weight, isReversed: tracker.isReversed))
        }
    }

    /// All that is tracked.
    var subjects: [TrackedSubject] { entries.map(\.subject) }

    /// What values make of the router; one that is missing was never looked at, and counts for nothing.
    func verdict(_ values: [TrackedSubject: TrackedValue]) -> Verdict {
        var verdict = Verdict()
        for entry in entries {
            guard let value = values[entry.subject] else {
                if entry.weight == 0 { verdict.isAwaited = true }
                continue
            }
            let sign = entry.isReversed ? -1 : 1
            switch value {
            case .well, .unwell:
                let isWell = value == .well
                if entry.weight == 0 {
                    if isWell == entry.isReversed { verdict.faults.append(entry.subject) }
                } else if isWell == (entry.weight > 0) {
                    verdict.adjustment += sign * entry.weight
                }
            case .number(let number):
                if entry.weight == 0 {
                    if (number == 0) == entry.isReversed { verdict.faults.append(entry.subject) }
                    continue
                }
                let (product, isOverflow) = number.multipliedReportingOverflow(by: sign * entry.weight)
                let isNegative = (number < 0) != (sign * entry.weight < 0)
                let change = isOverflow ? (isNegative ? Int.min : .max) : product
                if change < -Self.fileLimit {
                    verdict.faults.append(entry.subject)
                } else {
                    verdict.adjustment += min(change, Self.fileLimit)
                }
            }
        }
        return verdict
    }

    /// The priority that an adjustment makes of a configured one: 1...254, and 255 never moves.
    static func priority(_ configured: UInt8, adjustedBy adjustment: Int) -> UInt8 {
        guard configured != .max else { return .max }
        return UInt8(clamping: min(max(Int(configured) + adjustment, 1), 254))
    }
}
