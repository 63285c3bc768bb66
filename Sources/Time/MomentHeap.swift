/// The starts that are planned, the earliest first: a binary heap.
package struct MomentHeap: Sendable {
    /// A planned start of the item in a place; `age` tells whether the place still has the same item.
    package struct Entry: Sendable {
        package var moment: MonotonicTime
        package var place: Int
        package var age: Int

        @inlinable
        package init(moment: MonotonicTime, place: Int, age: Int) {
            self.moment = moment
            self.place = place
            self.age = age
        }

        /// Whether it comes before the other; equal moments go by place, so that the order is always the same.
        @inlinable
        package func precedes(_ other: Entry) -> Bool {
            moment == other.moment ? place < other.place : moment < other.moment
        }
    }

    @usableFromInline var entries: [Entry] = []

    @inlinable
    package init() {}

    /// The earliest one.
    @inlinable
    package var first: Entry? { entries.first }

    @inlinable
    package mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var index = entries.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index].precedes(entries[parent]) else { return }
            entries.swapAt(index, parent)
            index = parent
        }
    }

    /// Takes the earliest one out.
    @inlinable
    package mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        var index = 0
        while true {
            let left = 2 * index + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child = right < entries.count && entries[right].precedes(entries[left]) ? right : left
            guard entries[child].precedes(entries[index]) else { return }
            entries.swapAt(index, child)
            index = child
        }
    }
}
