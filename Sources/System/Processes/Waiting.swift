import Glibc

/// Waiting for what another process does.
package enum Waiting {
    /// How long it takes at most until it is noticed, in milliseconds.
    private static let pause: Int32 = 10

    /// Waits until a condition holds, but no longer than that.
    ///
    /// - Returns: whether it holds.
    package static func until(_ limit: Duration, _ condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + limit
        while !condition() {
            guard ContinuousClock.now < end else { return false }
            poll(nil, 0, pause)
        }
        return true
    }
}
