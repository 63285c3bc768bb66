/// The programs and mails that tell of what becomes of a virtual router or of a group.
package struct FailoverNotices: Hashable, Sendable {
    /// Run when it became master (`notify_master`).
    package var master: NoticeProgram?
    /// Run when it became backup (`notify_backup`).
    package var backup: NoticeProgram?
    /// Run when it came into fault (`notify_fault`).
    package var fault: NoticeProgram?
    /// Run at the stop (`notify_stop`).
    package var stop: NoticeProgram?
    /// Run when it was taken out of the file (`notify_deleted`).
    package var deleted: NoticeProgram?
    /// Whether that is told as `DELETED`; else it is told as a fault, and `fault` is run.
    package var tellsDeletion = false
    /// Run at each change with its kind, name, state and priority as further words (`notify`).
    package var any: NoticeProgram?
    /// Run when a master hears a lower priority (`notify_master_rx_lower_pri`).
    package var lowerPriority: NoticeProgram?
    /// Whether pipes are told of changes of the priority (`notify_priority_changes`).
    package var tellsPriorities = false
    /// Whether mail is sent (`smtp_alert`).
    package var sendsMail = false

    /// Makes notices that tell nobody.
    package init() {}
}
