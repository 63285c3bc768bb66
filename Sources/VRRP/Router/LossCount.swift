import Time

/// How often somebody took away what a router has, and whether that is too much to go on with.
struct LossCount: Sendable {
    /// The losses within `window` that are too many.
    static let limit = 5
    /// The time in which losses are counted, and for which the router then stays out.
    static let window = Duration.seconds(60)

    private var moments: [MonotonicTime] = []
    /// When the router may take part again; nil while it does.
    private(set) var end: MonotonicTime?

    /// Counts a loss.
    ///
    /// - Returns: the losses within the time that counts, this one among them.
    mutating func count(at now: MonotonicTime) -> Int {
        moments.removeAll { now - $0 >= Self.window }
        if moments.count < Self.limit { moments.append(now) }
        return moments.count
    }

    /// Keeps the router out for a while from now on.
    mutating func begin(at now: MonotonicTime) {
        end = now + Self.window
        moments = []
    }

    /// Lets the router take part again.
    mutating func finish() {
        end = nil
    }
}
