/// One of the checks of a real server; it is up while all of them have passed.
package struct ServerCheck: Hashable, Sendable {
    /// What is asked.
    package var probe: HealthCheck
    /// How often it is asked.
    package var pace: Pace
    /// The failures in a row after which a check that has passed is failed, at least 1; the first result of all needs one.
    package var failureCount = 1
    /// The successes in a row after which a check that is failed has passed, at least 1.
    package var riseCount = 1
    /// What its results make of the server's weight.
    package var weightRule = WeightRule.none
    /// Whether people are told of each failure that is not enough to fail the check.
    package var tellsEachFailure = true

    /// Makes a check that every result decides about.
    package init(_ probe: HealthCheck, pace: Pace) {
        self.probe = probe
        self.pace = pace
    }
}
