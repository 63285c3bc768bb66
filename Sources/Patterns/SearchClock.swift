import CPCRE2
import Glibc

/// Watches the processor time of a search while it runs.
///
/// PCRE2 bounds the steps from one place in the text, and begins to count anew at the next. So every compiled pattern
/// begins with a callout, which is made at each place where a match may begin, and ends the search when its time is over.
struct SearchClock {
    /// Places from one look at the clock to the next: a look takes longer than most places do.
    private static let stride = 8

    /// The processor time of this thread at the beginning, and what may be added to it.
    private let begin = Self.processorTime
    private let allowed: Int
    /// When, by a clock that is quick to read, the processor time has to be looked at.
    private var look: Int
    private var places = 0

    init(_ allowance: PatternAllowance) {
        allowed = allowance.left
        look = Self.time(CLOCK_MONOTONIC) + allowed
    }

    /// What the search has taken so far, in nanoseconds.
    var taken: Int { Self.processorTime - begin }

    /// Whether the search may go on at another place.
    mutating func goesOn() -> Bool {
        places += 1
        guard places % Self.stride == 0 else { return true }
        let now = Self.time(CLOCK_MONOTONIC)
        guard now >= look else { return true }
        // Others may have had the processor meanwhile.
        let left = allowed - taken
        look = now + left
        return left > 0
    }

    /// Runs a search with this clock in a context.
    mutating func watch<Result>(_ context: OpaquePointer, _ search: () -> Result) -> Result {
        withUnsafeMutablePointer(to: &self) { clock in
            pcre2_set_callout_8(
                context,
                { _, clock in
                    guard let clock else { return 0 }
                    return clock.assumingMemoryBound(to: SearchClock.self).pointee.goesOn() ? 0 : PCRE2_ERROR_CALLOUT
                },
                clock
            )
            return search()
        }
    }

    private static var processorTime: Int { time(CLOCK_THREAD_CPUTIME_ID) }

    private static func time(_ clock: clockid_t) -> Int {
        var time = timespec()
        clock_gettime(clock, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
