/// How many messages may go out: a number at once, which grows again at a rate.
package struct Allowance: Sendable {
    /// The most at once.
    package var burst: Double
    /// How many more each second.
    package let rate: Double
    private var used = 0.0
    private var last: MonotonicTime?

    /// Makes an allowance of which nothing is used.
    package init(burst: Double, rate: Double) {
        self.burst = burst
        self.rate = rate
    }

    /// Takes one message.
    ///
    /// - Returns: whether it may go out.
    package mutating func admit(at now: MonotonicTime) -> Bool {
        if let last { used = max(0, used - rate * ((now - last) / .seconds(1))) }
        last = now
        guard used + 1 <= burst else { return false }
        used += 1
        return true
    }
}
