package import IPVS
package import Time

/// What the kernel answered to an action.
package enum ActionAnswer {
    /// The changes were tried, and this became of them.
    case applied(ApplyReport)
    /// The table as it was read.
    case table(Table)
}

extension Director {
    /// Has actions carried out in their order, and after them those of the answers, by a kernel that answers at once.
    ///
    /// A daemon asks its kernel on another thread and goes on meanwhile; a simulation, a demonstration and a bench of tests
    /// have nothing to wait for.
    ///
    /// - Parameter perform: does what an action asks for; gives the answer to ``DirectorAction/apply(_:)`` and
    ///   ``DirectorAction/readTable``, and nil for the rest and for a table that cannot be read.
    /// - Returns: all actions that were carried out.
    @discardableResult
    package mutating func carryOut(
        _ actions: [DirectorAction],
        at now: MonotonicTime,
        _ perform: (DirectorAction) -> ActionAnswer?
    ) -> [DirectorAction] {
        var queue = actions
        var index = 0
        while index < queue.count {
            let action = queue[index]
            switch (action, perform(action)) {
            case (.apply(let changeset), .applied(let report)?): queue += applied(changeset, report, at: now)
            case (.readTable, .table(let table)?): queue += observed(table, at: now)
            default: break
            }
            index += 1
        }
        return queue
    }
}
