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

    /// The time between runs of a check that says none, nor do those around it.
    static let usualInterval = Duration.seconds(60)
    /// The time that an answer may take where nobody says one.
    static let usualTimeout = Duration.seconds(5)

    /// The longest time that is counted, which nobody lives to see.
    private static let longestTime = Duration.seconds(100 * 365 * 86_400)
    /// The shortest time between runs.
    private static let shortestTime = Duration.milliseconds(1)

    /// What holds for a kind of check that says nothing, nor do those around it.
    struct Usual {
        let retries: Int64
        /// The time from a failure to the next run; nil for that between runs.
        let delayBeforeRetry: Duration?
        /// Whether times are counted from the start of a run.
        let isFromStart: Bool

        init(of scope: Scope) {
            switch scope {
            case .httpCheck, .tlsCheck: (retries, delayBeforeRetry) = (1, .seconds(3))
            case .dnsCheck: (retries, delayBeforeRetry) = (3, nil)
            case .miscCheck: (retries, delayBeforeRetry) = (0, .seconds(1))
            default: (retries, delayBeforeRetry) = (1, .seconds(1))
            }
            isFromStart = scope == .miscCheck
        }
    }

    /// A check with the pace and the counts of a block.
    func check(_ probe: HealthCheck, _ block: CheckedBlock) -> ServerCheck {
        let usually = Usual(of: block.scope)
        let values = CheckDefaults(of: block, inheriting: defaults)
        let interval = Self.counted(values.interval ?? Self.usualInterval)
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
        Self.counted(block.time("delay_loop") ?? defaults.interval ?? Self.usualInterval)
    }

    /// How long an answer may take.
    func timeout(_ block: CheckedBlock) -> Duration {
        block.timeout ?? defaults.timeout ?? Self.usualTimeout
    }

    private static func counted(_ time: Duration) -> Duration { min(time, longestTime) }
}
