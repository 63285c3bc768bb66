package import IPVS

/// The settings that a director decides by for all its services, and what it wants of the table as a whole.
package struct DirectorSettings: Hashable, Sendable {
    /// Whether a server that fails while it is not in the table is added with weight 0.
    package var addsQuiescent = false
    /// The timeouts that connections shall have, 0 for those that stay; nil where none is asked for.
    ///
    /// Those that were there before come back at the stop.
    package var timeouts: Timeouts?
    /// The sync daemons that shall run, at most one of each role; those of the other roles are left alone.
    ///
    /// They end at the stop.
    package var syncDaemons: [SyncDaemon] = []
    /// Whether services that the configuration does not have are removed at the start, whosever they are.
    package var emptiesTableAtStart = false
    /// Whether all services are removed at the stop, whosever they are.
    package var emptiesTableAtStop = false
    /// Whether everything stays in the table as it is at the stop.
    package var leavesTable = false

    /// Makes settings as they are when a file says nothing.
    package init() {}
}
