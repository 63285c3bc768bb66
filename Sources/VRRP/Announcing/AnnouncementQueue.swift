import Time

/// Announcements that wait because no more than one may be sent in a time (`garp_interval`, `gna_interval`).
struct AnnouncementQueue: Sendable {
    /// One that waits.
    struct Entry: Sendable {
        var router: String
        var address: AnnouncedAddress
        var beginsRounds: Bool
    }

    /// The least time between two.
    private let interval: Duration
    /// Those that wait, from `head` on.
    private var entries: [Entry] = []
    private var head = 0
    /// How many of each router wait.
    private var counts: [String: Int] = [:]
    /// Before when nothing may be sent.
    private var opening: MonotonicTime

    /// Makes an empty queue.
    init(interval: Duration, at now: MonotonicTime) {
        self.interval = interval
        opening = now
    }

    /// When the first may be sent; nil where nothing waits.
    var nextMoment: MonotonicTime? { head == entries.count ? nil : opening }

    /// Whether a new queue would be as good.
    func isSpent(at now: MonotonicTime) -> Bool { head == entries.count && opening <= now }

    /// How many of a router wait.
    func count(of router: String) -> Int { counts[router] ?? 0 }

    /// Those that wait, in order.
    var waiting: ArraySlice<Entry> { entries[head...] }

    mutating func append(_ entry: Entry, at now: MonotonicTime) {
        if head == entries.count { opening = max(opening, now) }
        entries.append(entry)
        counts[entry.router, default: 0] += 1
    }

    /// Takes the first that may be sent now, leaving out those that are not there.
    mutating func popFirst(at now: MonotonicTime, isThere: (AnnouncedAddress) -> Bool) -> Entry? {
        guard opening <= now else { return nil }
        defer { if head == entries.count || head > 256 && head * 2 > entries.count { compact() } }
        while head < entries.count {
            let entry = entries[head]
            head += 1
            uncount(entry.router)
            guard isThere(entry.address) else { continue }
            opening = now + interval
            return entry
        }
        return nil
    }

    /// Takes out what waits of a router, but for the addresses that it keeps.
    mutating func removeAll(of router: String, but kept: Set<AnnouncedAddress> = []) {
        guard counts[router] != nil else { return }
        compact()
        entries.removeAll { $0.router == router && !kept.contains($0.address) }
        let left = entries.lazy.filter { $0.router == router }.count
        counts[router] = left > 0 ? left : nil
    }

    private mutating func uncount(_ router: String) {
        guard let count = counts[router], count > 1 else {
            counts[router] = nil
            return
        }
        counts[router] = count - 1
    }

    private mutating func compact() {
        entries.removeSubrange(..<head)
        head = 0
    }
}
