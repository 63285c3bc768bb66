package import Failover

/// What a machine shares with others, and how.
package struct FailoverConfiguration: Hashable, Sendable {
    /// What the process of the virtual routers carries out.
    package var routing = RouterSet()
    /// The scripts that are run for trackers, in the order of the file.
    package var scripts: [TrackedScript] = []
    /// The files that are read for trackers.
    package var files: [NumberedFile] = []
    /// What is told of each virtual router, by its name.
    package var routerNotices: [String: FailoverNotices] = [:]
    /// What is told of each group, by its name.
    package var groupNotices: [String: FailoverNotices] = [:]
    /// The pipes that get a line for each change.
    package var pipes: [EventPipe] = []
    /// Who gets mail; nil for nobody.
    package var mail: MailAlert?
    /// Whether a fault is not told by mail (`no_email_faults`).
    package var mailsNoFaults = false
    /// Whether states are written to pipes again after the file was read again (`fifo_write_vrrp_states_on_reload`).
    package var repeatsStatesOnReload = false
    /// The sync daemon that runs in the role of a virtual router alone (`lvs_sync_daemon … one_role`); nil for none.
    ///
    /// Daemons of both roles are settings of the director.
    package var synchronisation: FollowingSyncDaemons?
    /// The way in which dumps are written (`json_version`), 1 or 2.
    package var dumpVersion = 1
    /// The file that counters are written to (`stats_dump_file`); nil for the usual one.
    package var statisticsFile: String?
    /// The file that the state is written to as a document (`json_dump_file`); nil for the usual one.
    package var documentFile: String?
    /// Whether the log has the lines of keepalived 1.x beside those of 2.x.
    package var tellsOldLines = false

    /// Makes a configuration that shares nothing.
    package init() {}
}
