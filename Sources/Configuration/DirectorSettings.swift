/// What holds for a director as a whole.
package struct DirectorSettings: Hashable, Sendable {
    /// Whether the file is read again when it changes: `autoreload`.
    package var reloadsOnChange = false
    /// The program that is run with the file's name after the file changed: `callback`.
    package var changeCommand: String?
    /// Where log lines go: `logfile`.
    package var log = LogDestination.file("/var/log/ldirectord.log")
    /// Other configurations that are started and stopped with this one: `execute`.
    package var companions: [String] = []
    /// Whether the director stays in the foreground and logs to standard output: `supervised`.
    package var isSupervised = false
    /// Whether a server that fails while it is not in the table is added with weight 0: `readdquiescent`.
    package var addsQuiescent = false
    /// The folder whose files name servers under maintenance: `maintenancedir`.
    package var maintenanceDirectory: String?
    /// The sender of mails: `emailalertfrom`; nil stands for the user and host that the director runs as.
    package var mailSender: String?

    /// Makes settings as they are when a file says nothing.
    package init() {}
}

/// Where log lines go: `logfile`.
package enum LogDestination: Hashable, Sendable {
    /// Appended to the file of that path.
    case file(String)
    /// To syslog under the facility of that name.
    case syslog(facility: String)
}
