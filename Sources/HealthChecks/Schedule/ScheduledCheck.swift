package import Configuration

/// A check and how often it is made: what all its holders share.
package struct ScheduledCheck: Hashable, Sendable {
    /// What is asked.
    package let check: HealthCheck
    /// How often.
    package let pace: Pace

    /// Makes a check that is repeated at that pace.
    package init(_ check: HealthCheck, pace: Pace) {
        self.check = check
        self.pace = pace
    }
}
