/// What is planned for moments, the earliest first; what is planned for one moment in the order in which it was inserted.
///
/// A binary heap in which each entry knows its place, so that one that is taken back leaves at once. What is planned is a number
/// of its owner's: a heap of any type would be looked up by its type at run time in each step, in the modules that use it.
package struct MomentHeap: Sendable {
    private struct Entry {
        var moment: MonotonicTime
        var sequence: UInt64
        var index: UInt32

        static func < (left: Entry, right: Entry) -> Bool {
            left.moment == right.moment ? left.sequence < right.sequence : left.moment < right.moment
        }
    }

    private struct Slot {
        var generation: UInt32 = 0
        var position = 0
        var payload: Int?
    }

    private var heap: ContiguousArray<Entry> = []
    private var slots: ContiguousArray<Slot> = []
    private var freeSlots: ContiguousArray<UInt32> = []
    private var nextSequence: UInt64 = 0

    /// Makes a heap without entries.
    package init() {}

    /// The number of entries.
    package var count: Int { heap.count }

    /// The earliest moment for which something is planned.
    package var firstMoment: MonotonicTime? { heap.first?.moment }

    /// What is planned first, and for when.
    package var first: (moment: MonotonicTime, payload: Int)? {
        guard let entry = heap.first, let payload = slots[Int(entry.index)].payload else { return nil }
        return (entry.moment, payload)
    }

    /// Plans something for a moment.
    ///
    /// - Returns: what it can be taken back by.
    package mutating func insert(_ payload: Int, at moment: MonotonicTime) -> PlannedMoment {
        let index: UInt32
        if let free = freeSlots.popLast() {
            index = free
        } else {
            index = UInt32(slots.count)
            slots.append(Slot())
        }
        slots[Int(index)].payload = payload
        heap.append(Entry(moment: moment, sequence: nextSequence, index: index))
        nextSequence &+= 1
        siftUp(from: heap.count - 1)
        return PlannedMoment(index: index, generation: slots[Int(index)].generation)
    }

    /// Takes something back before its moment.
    ///
    /// - Returns: what was planned; nil when it was no longer there.
    @discardableResult
    package mutating func remove(_ planned: PlannedMoment) -> Int? {
        let index = Int(planned.index)
        guard index < slots.count, slots[index].generation == planned.generation, let payload = slots[index].payload
        else { return nil }
        remove(at: slots[index].position)
        return payload
    }

    /// Tells the entries that are there from those to come.
    package var mark: UInt64 { nextSequence }

    /// Takes out what is planned first, if its moment has come and it was inserted before the mark was made.
    package mutating func popFirst(at now: MonotonicTime, insertedBefore mark: UInt64 = .max) -> Int? {
        guard let first = heap.first, first.moment <= now, first.sequence < mark else { return nil }
        let payload = slots[Int(first.index)].payload
        remove(at: 0)
        return payload
    }

    private mutating func remove(at position: Int) {
        let index = heap[position].index
        slots[Int(index)].payload = nil
        slots[Int(index)].generation &+= 1
        freeSlots.append(index)
        let last = heap.removeLast()
        guard position < heap.count else { return }
        heap[position] = last
        siftUp(from: position)
        siftDown(from: slots[Int(last.index)].position)
    }

    private mutating func siftUp(from start: Int) {
        let entry = heap[start]
        var position = start
        while position > 0 {
            let parent = (position - 1) / 2
            guard entry < heap[parent] else { break }
            place(heap[parent], at: position)
            position = parent
        }
        place(entry, at: position)
    }

    private mutating func siftDown(from start: Int) {
        let entry = heap[start]
        var position = start
        while true {
            var child = 2 * position + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < entry else { break }
            place(heap[child], at: position)
            position = child
        }
        place(entry, at: position)
    }

    private mutating func place(_ entry: Entry, at position: Int) {
        heap[position] = entry
        slots[Int(entry.index)].position = position
    }
}
