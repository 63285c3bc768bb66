import Failover

/// A group of virtual routers, of which all are master or none.
///
/// What it is follows from its members alone: nothing is counted, so that nothing can be counted wrong.
struct GroupMachine: Sendable {
    /// The configuration in force.
    var settings: SyncGroup
    /// The places of its members in the order of the file.
    var members: [Int]
    /// The state that was told of it last.
    var state = RouterState.initial

    /// Makes a group that has not begun.
    init(_ settings: SyncGroup, members: [Int]) {
        self.settings = settings
        self.members = members
    }

    /// The state that the wishes of members make.
    ///
    /// - Parameters:
    ///   - reasons: why each member takes no part.
    ///   - wants: whether each member is master, or its time has run out and nobody was heard since.
    static func state(reasons: some Sequence<Set<FaultReason>>, wants: some Sequence<Bool>) -> RouterState {
        guard reasons.allSatisfy(\.isEmpty) else { return .fault }
        return wants.allSatisfy { $0 } ? .master : .backup
    }
}
