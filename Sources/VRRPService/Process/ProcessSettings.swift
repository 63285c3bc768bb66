import CLinux
import Failover
import Glibc
import System
import Time

/// What the process asks the kernel to do for it, so that nothing keeps its advertisements waiting: turns in real time, a nice value,
/// memory that stays, processors of its own.
struct ProcessSettings {
    /// Something that the kernel did not grant, in words.
    typealias Complaint = String

    private var current = RouterSettings()

    /// Raises the limits up to which a process without privileges may set itself; to be called while there still are some.
    ///
    /// - Returns: whether the process may have turns in real time by that.
    static func raiseLimits() -> Bool {
        for (resource, limit) in [(Limit.niceness, 40), (.lockedMemory, UInt64.max)] {
            _ = clinux_limit(resource.rawValue, limit, limit)
        }
        return clinux_limit(Limit.realTimePriority.rawValue, 99, 99) == 0
    }

    /// Does what settings say that is otherwise than before.
    ///
    /// - Returns: what was not granted.
    mutating func apply(_ settings: RouterSettings) -> [Complaint] {
        let before = current
        current = settings
        var complaints: [Complaint] = []
        func demand(_ result: Int32, _ what: String) {
            if result != 0 { complaints.append("\(what) was not granted: \(SystemFailure.text(of: errno))") }
        }
        if settings.niceness != before.niceness {
            let niceness = Int32(clamping: settings.niceness ?? 0)
            demand(setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness), "the nice value \(niceness)")
        }
        if settings.processors != before.processors {
            let words = Self.mask(settings.processors)
            demand(clinux_keep_to_processors(words, words.count), "the choice of processors")
        }
        if settings.locksMemory != before.locksMemory {
            demand(clinux_hold_memory(settings.locksMemory ? 1 : 0), "memory that stays")
        }
        if settings.realTimePriority != before.realTimePriority || settings.realTimeLimit != before.realTimeLimit {
            demand(Self.runInRealTime(settings), "real-time priority \(settings.realTimePriority ?? 0)")
        }
        return complaints
    }

    /// Beyond the limit the kernel sends SIGXCPU, which is told of; a second later it ends the process and not the machine.
    private static func runInRealTime(_ settings: RouterSettings) -> Int32 {
        guard let priority = settings.realTimePriority else { return clinux_run_in_real_time(0) }
        let soft = UInt64(max(settings.realTimeLimit.nanoseconds / 1_000, 1_000))
        _ = clinux_limit(Limit.realTime.rawValue, soft, soft + 1_000_000)
        return clinux_run_in_real_time(Int32(clamping: priority))
    }

    /// A bit for each processor, all of them where none is chosen.
    static func mask(_ processors: [Int]) -> [UInt64] {
        guard let last = processors.max(), last >= 0 else { return Array(repeating: .max, count: 16) }
        var words = [UInt64](repeating: 0, count: last / 64 + 1)
        for processor in processors where processor >= 0 { words[processor / 64] |= 1 << UInt64(processor % 64) }
        return words
    }

    /// `RLIMIT_…` as the kernel counts them.
    private enum Limit: Int32 {
        case lockedMemory = 8
        case niceness = 13
        case realTimePriority = 14
        case realTime = 15
    }
}
