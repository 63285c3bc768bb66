package import Configuration

/// A check and how often it is made: what all its holders share.
package struct ScheduledCheck: Hashable, Sendable {
    /// What is asked.
    package let check: HealthCheck
    /// The time from the start of one check to the start of the next.
    package let interval: Duration

    /// Makes a check that is repeated at that interval.
    package init(check: HealthCheck, interval: Duration) {
        self.check = check
        self.interval = interval
    }
}
