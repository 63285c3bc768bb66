import Time

/// The starts that are planned, apart by what may keep them waiting: the room of their kind, and that of those that hang.
struct PlannedStarts: Sendable {
    /// The starts that wait for the same room.
    struct Lane: Hashable, Sendable {
        var kind: ProbeRoom.Kind
        var hangs: Bool

        static let all = ProbeRoom.Kind.allCases.flatMap { kind in
            [Lane(kind: kind, hangs: false), Lane(kind: kind, hangs: true)]
        }

        fileprivate var index: Int { kind.rawValue * 2 + (hangs ? 1 : 0) }
    }

    private var heaps = Array(repeating: MomentHeap(), count: Lane.all.count)

    /// The earliest one of those that wait for the same room.
    func first(in lane: Lane) -> MomentHeap.Entry? { heaps[lane.index].first }

    mutating func insert(_ entry: MomentHeap.Entry, in lane: Lane) {
        heaps[lane.index].insert(entry)
    }

    /// Takes the earliest one out.
    mutating func removeFirst(in lane: Lane) {
        heaps[lane.index].removeFirst()
    }
}
