/// How often a check is made.
package struct Pace: Hashable, Sendable {
    /// The time from one run to the next, at least a millisecond.
    package var interval: Duration
    /// The time from a failure to the next run while the check is failing but not failed; nil for `interval`.
    package var afterFailure: Duration?
    /// The part of the interval over which checks are spread after their first round; nil for all of it.
    ///
    /// The fewer start at a time, the evener is the load.
    package var spread: Duration?
    /// Whether both times are counted from the end of a run, and not from its start.
    package var isFromEnd = false

    /// Makes a pace of runs that start at that interval, spread over all of it.
    package init(interval: Duration) {
        self.interval = interval
    }
}
