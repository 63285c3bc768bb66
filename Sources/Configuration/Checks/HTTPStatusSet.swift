/// A set of status codes of HTTP.
package struct HTTPStatusSet: Hashable, Sendable {
    /// Ranges of codes within 100...999, in order, neither overlapping nor adjacent.
    package let ranges: [ClosedRange<UInt16>]

    /// Makes a set of ranges in any order.
    package init(_ ranges: [ClosedRange<UInt16>]) {
        var joined: [ClosedRange<UInt16>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, UInt32(range.lowerBound) <= UInt32(last.upperBound) + 1 {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        self.ranges = joined
    }

    /// 200...299.
    package static let successful = HTTPStatusSet([200...299])

    /// The codes and ranges as configurations have them: `200`, `300-399`.
    package var words: [String] {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    }

    /// Whether a code belongs to the set.
    package func contains(_ status: UInt16) -> Bool {
        ranges.contains { $0.contains(status) }
    }
}
