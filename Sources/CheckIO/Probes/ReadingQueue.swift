/// The probes that have more to read than one slice of the loop's time lets them, in the order in which they wait.
struct ReadingQueue {
    /// One use of a slot of the runner.
    struct Entry {
        var slot: UInt32
        var generation: UInt32
    }

    private var entries: [Entry] = []
    private var first = 0

    var isEmpty: Bool { first == entries.count }
    var count: Int { entries.count - first }

    /// Puts a probe behind the others.
    mutating func append(_ entry: Entry) {
        entries.append(entry)
    }

    /// Takes the one that waits longest.
    mutating func popFirst() -> Entry? {
        guard !isEmpty else { return nil }
        let entry = entries[first]
        first += 1
        if first == entries.count {
            entries.removeAll(keepingCapacity: entries.count < 4_096)
            first = 0
        } else if first > 1_024, first * 2 > entries.count {
            entries.removeFirst(first)
            first = 0
        }
        return entry
    }
}
