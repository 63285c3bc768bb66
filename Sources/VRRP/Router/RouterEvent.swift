/// What happened, with the facts that log lines, programs, pipes, mails and counters are made of.
///
/// Events come in the order in which lines are written; `entered`, `stopped` and `deleted` are what programs, pipes and mails are told
/// by, and come when the addresses are set or gone.
package enum RouterEvent: Hashable, Codable, Sendable {
    /// Something about a virtual router, with its state and effective priority after it.
    case router(String, RouterMatter, state: RouterState, priority: UInt8)
    /// Something about a group, with its state after it.
    case group(String, GroupMatter, state: RouterState)
    /// Something about all of them.
    case node(NodeMatter)
}
