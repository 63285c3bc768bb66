/// A moment of the clock that no one sets: `CLOCK_MONOTONIC`.
///
/// Whoever runs the loop reads the clock; everything else is told the time.
package struct MonotonicTime: Hashable, Codable, Sendable {
    /// Nanoseconds since some moment before the machine's start.
    package var nanoseconds: Int64

    /// Makes the moment so many nanoseconds after the clock's zero.
    @inlinable
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The last moment that can be told.
    @inlinable
    package static var distantFuture: MonotonicTime { MonotonicTime(nanoseconds: .max) }

    /// The moment so much later, at most the last one that can be told.
    @inlinable
    package static func + (moment: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, isOverflow) = moment.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        guard isOverflow else { return MonotonicTime(nanoseconds: sum) }
        return MonotonicTime(nanoseconds: duration < .zero ? .min : .max)
    }

    /// The time from one moment to another.
    @inlinable
    package static func - (end: MonotonicTime, start: MonotonicTime) -> Duration {
        let (difference, isOverflow) = end.nanoseconds.subtractingReportingOverflow(start.nanoseconds)
        guard isOverflow else { return .nanoseconds(difference) }
        return .nanoseconds(end < start ? Int64.min : Int64.max)
    }
}

extension MonotonicTime: Comparable {
    @inlinable
    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
