package import IPVS

/// Sync daemons of the table whose role follows a virtual router.
package struct FollowingSyncDaemons: Hashable, Sendable {
    /// The virtual router.
    package var router: String
    /// The daemon that sends, whose settings the one that receives shares.
    package var daemon: SyncDaemon

    /// Makes a pair of daemons.
    package init(router: String, daemon: SyncDaemon) {
        self.router = router
        self.daemon = daemon
    }
}
