/// The settings of the process of a director: where it logs, what it watches, which others it starts.
///
/// Nothing here changes the table.
package struct ProcessSettings: Hashable, Sendable {
    /// Whether the file is read again when it changes.
    package var reloadsOnChange = false
    /// The program that is run with the file's name after the file changed; nil for none.
    package var changeCommand: String?
    /// Where log lines go.
    package var log = LogDestination.file("/var/log/ldirectord.log")
    /// Other configurations whose directors are started and stopped with this one.
    package var companions: [String] = []
    /// Whether the process stays in the foreground and logs to standard output.
    package var isSupervised = false
    /// The folder whose files name servers under maintenance; nil for none.
    package var maintenanceDirectory: String?
    /// The sender of mails; nil stands for the user and host that the process runs as.
    package var mailSender: String?
    /// The name that mail servers are greeted with; nil for that of the host.
    package var mailGreeting: String?
    /// The time after which a mail server that is silent is given up; nil for the built-in one.
    package var mailTimeout: Duration?
    /// The pipes that get a line for each change of servers and pools.
    package var pipes: [EventPipe] = []
    /// The time that programs which are told of events, their pipes and mails have at the stop; nil for the built-in one, after
    /// which those programs are left to themselves.
    package var stopPatience: Duration?
    /// The program that is run before anything is directed; nil for none.
    package var startProgram: AwaitedProgram?
    /// The program that is run when the table is as it shall be left and all else has ended; nil for none.
    package var stopProgram: AwaitedProgram?
    /// Whether a program is not run as root that anybody else could change.
    package var refusesUnsafePrograms = false

    /// The name by which it is told from others of its kind on this machine; nil for none.
    package var instance: String?
    /// The network namespace that it works in, by the name that `ip netns` gives; nil for that which it is started in.
    package var networkNamespace: String?
    /// Whether its PID files are in a folder of their own.
    package var usesPIDFolder = false
    /// The file that is there while the configuration is loaded again; nil for none.
    package var reloadMark: String?
    /// The file that says when the configuration is loaded again; nil for none.
    package var reloadSchedule: ReloadSchedule?
    /// Whether the files with its state have the namespace and the instance in their names.
    package var namesDumps = false
    /// The file that its state is written to, of which the part that is written stands in the name; with a slash at the end a
    /// folder; nil for the usual ones.
    package var stateFile: String?

    /// Makes settings as they are when a file says nothing.
    package init() {}
}

/// Where log lines go.
package enum LogDestination: Hashable, Sendable {
    /// Appended to the file of that path.
    case file(String)
    /// To syslog under the facility of that name.
    case syslog(facility: String)
}
