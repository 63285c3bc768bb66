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

    /// A start that is planned, to take it back by; harmless once it has been taken out.
    struct Start: Sendable {
        fileprivate let lane: Lane
        fileprivate let planned: PlannedMoment
    }

    private var heaps = Array(repeating: MomentHeap(), count: Lane.all.count)

    /// The earliest one of those that wait for the same room: its moment, and the place of its check.
    func first(in lane: Lane) -> (moment: MonotonicTime, place: Int)? {
        heaps[lane.index].first.map { ($0.moment, $0.payload) }
    }

    /// Plans a start of the check in a place.
    mutating func insert(_ place: Int, at moment: MonotonicTime, in lane: Lane) -> Start {
        Start(lane: lane, planned: heaps[lane.index].insert(place, at: moment))
    }

    /// Takes a start back.
    mutating func remove(_ start: Start) {
        heaps[start.lane.index].remove(start.planned)
    }

    /// Takes the earliest one out.
    mutating func removeFirst(in lane: Lane) {
        _ = heaps[lane.index].popFirst(at: .distantFuture)
    }
}
