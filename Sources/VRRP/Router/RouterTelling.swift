import Time

/// What was told of a router and when, so that no flood of packets makes a flood of lines.
struct RouterTelling: Sendable {
    /// What is told again and again, but not for each packet.
    enum Line: Int, CaseIterable {
        case priorityZero
        case discarded
        case bothOwners
        case twoMasters
        case stalled
    }

    private var lastTold = [MonotonicTime?](repeating: nil, count: Line.allCases.count)

    /// Whether a line may be told now; if so, it counts as told.
    mutating func mayTell(_ line: Line, every pause: Duration, at now: MonotonicTime) -> Bool {
        if let last = lastTold[line.rawValue], now - last < pause { return false }
        lastTold[line.rawValue] = now
        return true
    }
}
