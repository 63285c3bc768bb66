package import Configuration

/// One probe that is to be started now.
package struct ProbeRequest: Hashable, Sendable {
    /// The number by which its result is told; none comes twice.
    package let token: Int
    /// What is asked; never combined, and never a check that asks nothing.
    package let check: HealthCheck

    /// Makes a probe of that number.
    package init(token: Int, check: HealthCheck) {
        self.token = token
        self.check = check
    }
}
