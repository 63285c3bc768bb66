package import HealthChecks
package import IPVS

/// What a director wants done, in order.
package enum DirectorAction: Hashable, Sendable {
    /// Carry these changes out and tell what became of them.
    ///
    /// There is one such action at a time: the next one comes after the report of this one.
    case apply(Changeset)
    /// Read the kernel's table and tell it; where it cannot be read nothing is told, and it is asked for again later.
    case readTable
    /// Make these checks from now on, each at its own interval, and no others; those that were made before go on.
    case schedule([ScheduledCheck])
    /// Make these of the scheduled checks soon, in the place of their next turn: a server waits for what they say.
    case hurry([ScheduledCheck])
    /// Let the voice of the configuration's language tell this.
    indirect case tell(DirectorEvent)
    /// Let the voice tell this of what all services share.
    case tellSetting(SettingEvent)
    /// The first verdict on every server is there, and the table says so as far as the kernel takes it; after the start
    /// and after every reload.
    case ready
    /// The table is as it shall be left, and the director has nothing more to do.
    case stopped
}
