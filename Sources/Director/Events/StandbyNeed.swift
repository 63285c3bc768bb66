/// Whether the standby of a virtual server has to serve; told to the command that the configuration names for it.
package enum StandbyNeed: Hashable, Sendable {
    /// No server may take connections any more.
    case needed
    /// A server stands in the table with weight again, and the standby no longer does.
    case notNeeded
}
