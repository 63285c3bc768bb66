import Addresses
import Configuration

/// What all checks of a server are made by.
struct CheckFrame {
    let server: RealServer
    /// The port that checks go to which say none; 0 where there is none.
    let port: UInt16
    let defaults: CheckDefaults
    /// Whether each failure of a check is told that says nothing about it.
    let tellsEachFailure: Bool

    /// The longest time that is counted, which nobody lives to see.
    private static let longestTime = Duration.seconds(100 * 365 * 86_400)
    /// The shortest time between runs.
    private static let shortestTime = Duration.milliseconds(1)

    /// What holds for a kind of check that says nothing, nor do those around it.
    struct Usual {
        var retries: Int64 = 1
        /// The time from a failure to the next run; nil for that between runs.
        var delayBeforeRetry: Duration? = .seconds(1)
        /// Whether times are counted from the start of a run.
        var isFromStart = false
    }

    /// A check with the pace and the counts of a block.
    func check(_ probe: HealthCheck, _ block: CheckedBlock, usually: Usual = Usual()) -> ServerCheck {
        let values = CheckDefaults(of: block, inheriting: defaults)
        let interval = Self.counted(values.interval ?? .seconds(60))
        var pace = Pace(interval: max(interval, Self.shortestTime))
        let delay = values.delayBeforeRetry ?? usually.delayBeforeRetry ?? interval
        pace.afterFailure = max(Self.counted(delay), Self.shortestTime)
        pace.spread = Self.counted(values.warmup ?? interval)
        pace.isFromEnd = !usually.isFromStart
        var check = ServerCheck(probe, pace: pace)
        let retries = values.retries ?? usually.retries
        check.failureCount = Int(clamping: retries) + 1
        check.tellsEachFailure = block.boolean("log_all_failures") ?? tellsEachFailure
        return check
    }

    /// The time between runs of a check.
    func interval(_ block: CheckedBlock) -> Duration {
        Self.counted(block.time("delay_loop") ?? defaults.interval ?? .seconds(60))
    }

    /// How long an answer may take.
    func timeout(_ block: CheckedBlock) -> Duration {
        block.timeout ?? defaults.timeout ?? .seconds(5)
    }

    private static func counted(_ time: Duration) -> Duration { min(time, longestTime) }
}
