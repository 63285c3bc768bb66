import Failover
import Time
import VRRP

/// Whether enough processes of each tracked kind run, by what was counted: a change counts when it has held for a time.
struct ProcessTally {
    private struct Kind {
        let settings: TrackedProcesses
        /// What is told; nil before the first count.
        var isWell: Bool?
        /// What was counted last, where it differs from what is told, and since when.
        var pending: (isWell: Bool, since: MonotonicTime)?

        func isWell(_ count: Int) -> Bool {
            count >= settings.quorum && count <= settings.most ?? .max
        }

        /// When what is pending counts.
        var moment: MonotonicTime? {
            pending.map { $0.since + ($0.isWell ? settings.startDelay : settings.endDelay) }
        }
    }

    private var kinds: [Kind]

    /// Begins with nothing counted.
    init(_ processes: [TrackedProcesses]) {
        kinds = processes.map { Kind(settings: $0) }
    }

    /// Goes on with other kinds; those that stay keep what was counted.
    mutating func change(to processes: [TrackedProcesses]) {
        kinds = processes.map { settings in kinds.first { $0.settings == settings } ?? Kind(settings: settings) }
    }

    /// When something that was counted counts, unless it changes before; nil for never.
    var nextMoment: MonotonicTime? { kinds.compactMap(\.moment).min() }

    /// Takes how many run of each kind, in the order in which the kinds were given.
    ///
    /// - Returns: what is to be told. The first count counts at once.
    mutating func counted(_ counts: [Int], at now: MonotonicTime) -> [(TrackedSubject, TrackedValue)] {
        for (place, count) in zip(kinds.indices, counts) {
            let isWell = kinds[place].isWell(count)
            if kinds[place].isWell == nil {
                kinds[place].pending = (isWell, MonotonicTime(nanoseconds: .min))
            } else if isWell == kinds[place].isWell {
                kinds[place].pending = nil
            } else if kinds[place].pending?.isWell != isWell {
                kinds[place].pending = (isWell, now)
            }
        }
        return timePassed(at: now)
    }

    /// Does what is due.
    mutating func timePassed(at now: MonotonicTime) -> [(TrackedSubject, TrackedValue)] {
        kinds.indices.compactMap { place in
            guard let moment = kinds[place].moment, moment <= now, let pending = kinds[place].pending else {
                return nil
            }
            kinds[place].pending = nil
            kinds[place].isWell = pending.isWell
            return (TrackedSubject(.process, kinds[place].settings.name), pending.isWell ? .well : .unwell)
        }
    }
}
