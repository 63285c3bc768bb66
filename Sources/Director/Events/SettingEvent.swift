package import IPVS

/// Something that happened to what all services of the kernel share: its timeouts, its sync daemons, the table as a whole.
package enum SettingEvent: Hashable, Sendable {
    /// A change of it is in effect, or failed.
    case changed(Change, TableOutcome)
    /// Somebody else changed it, and this is what is made of it.
    case drifted(Setting, DriftResponse)

    /// What services share.
    package enum Setting: Hashable, Sendable {
        /// How long connections are kept.
        case timeouts
        /// The sync daemon of a role.
        case daemon(SyncDaemon.Role)
    }
}
