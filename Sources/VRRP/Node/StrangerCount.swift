import Time

/// Advertisements of virtual routers that are not configured, so that each is told once a minute at most.
struct StrangerCount: Sendable {
    /// The most of them that are told apart.
    static let limit = 64
    /// The least time between two lines about one of them.
    static let pause = Duration.seconds(60)

    private struct Key: Hashable {
        var routerID: UInt8
        var interface: String
    }

    private var entries: [Key: (last: MonotonicTime, count: UInt64)] = [:]

    /// Counts an advertisement.
    ///
    /// - Returns: how many came since this was told last, if it is to be told now.
    mutating func count(_ routerID: UInt8, on interface: String, at now: MonotonicTime) -> UInt64? {
        let key = Key(routerID: routerID, interface: interface)
        guard let entry = entries[key] else {
            guard entries.count < Self.limit else { return nil }
            entries[key] = (now, 0)
            return 1
        }
        guard now - entry.last >= Self.pause else {
            entries[key] = (entry.last, entry.count + 1)
            return nil
        }
        entries[key] = (now, 0)
        return entry.count + 1
    }
}
