/// How a director is to run: what its command line says, and its configuration file does not.
package struct DaemonOptions: Hashable, Sendable {
    /// The IPVS that is directed.
    package enum Kernel: String, Hashable, Sendable {
        /// That of the running kernel, in the network namespace of the process.
        case netlink
        /// One in memory, without traffic, for trying a configuration out.
        case simulated
    }

    /// The path of the configuration file; one that is not absolute counts from the folder that the process starts in.
    package var configuration: String
    /// The name of the instance in log lines and file names: `ldirectord`, or the last component of the file's path.
    package var instance: String
    /// The process stays where it was started, with its standard streams, and `run` returns when it has stopped.
    package var staysInForeground = false
    /// The IPVS that is directed.
    package var kernel = Kernel.netlink
    /// The path of the PID file; nil for none.
    package var pidFile: String?
    /// The language of the configuration; nil where the file is to tell.
    package var language: Language?
    /// Whether a host name that cannot be resolved at the first start costs only its own server.
    package var isLenient = false
    /// Whether what ldirectord refuses is refused, at the start and at each reload.
    package var isStrictlyCompatible = false
    /// The folder of the status file, `ldirectord.INSTANCE.status`; nil for no status file.
    package var stateFolder: String? = DaemonOptions.standardStateFolder
    /// Where log lines go whatever the configuration says; nil leaves that to the configuration.
    package var log: LogTarget?
    /// Where log lines go beside that.
    package var moreLogs: [LogTarget] = []
    /// The paths of further files with the number of the process, for those who look for it there.
    package var morePIDFiles: [String] = []
    /// The word by which lines of the configuration are kept that are for one of several machines; nil for the host's name.
    package var configurationID: String?
    /// Whether every file that the configuration includes must be there.
    package var demandsIncludes = false
    /// What stands in the names of files with the director's state behind a full stop; nil for nothing.
    package var stateFileSuffix: String?
    /// Whether the log has all of the configuration at the start.
    package var tellsConfiguration = false
    /// Whether the table stays as it is when the director stops, whatever the configuration says.
    package var leavesTable = false
    /// What is done of what the configuration says.
    package var parts = DaemonParts.all
    /// Where the process of virtual routers is found or started; nil where the director does nothing for any.
    package var routers: RoutersPlaces?
    /// Whether the configuration has virtual routers, so that a process of its own sees to it that the director runs.
    package var hasRouters = false
    /// The words of the command that is run as `COMMAND NAME start|stop|reload` for each `execute=NAME`.
    package var companionCommand = ["/usr/sbin/ldirectord"]
    /// The command line for the first line of the log; nil for no such line.
    package var invocation: String?

    /// Makes options for the instance of that file as a daemon on the running kernel, without a PID file.
    package init(configuration: String, instance: String? = nil) {
        self.configuration = configuration
        self.instance =
            instance
            ?? String(
                configuration[
                    (configuration.lastIndex(of: "/").map { configuration.index(after: $0) } ?? configuration.startIndex)...
                ]
            )
    }

    /// The paths of all files with the number of the process.
    var pidFiles: [String] { [pidFile].compactMap { $0 } + morePIDFiles }

    /// Where PID and status files are: `/run`.
    package static let standardStateFolder = "/run"

    /// The path of the status file; nil when there is none.
    ///
    /// Who asks by the PID file of an instance looks for the status of that instance.
    package var statusFile: String? {
        stateFolder.map { "\($0)/ldirectord.\(pidFile.flatMap(Self.instance(ofPIDFile:)) ?? instance).status" }
    }

    /// NAME of a PID file that is called `ldirectord.NAME.pid`; nil for one that is called otherwise.
    package static func instance(ofPIDFile path: String) -> String? {
        let file = path.split(separator: "/").last ?? ""
        guard file.hasPrefix("ldirectord."), file.hasSuffix(".pid"), file.utf8.count > "ldirectord..pid".utf8.count
        else { return nil }
        return String(file.dropFirst("ldirectord.".count).dropLast(".pid".count))
    }
}

/// Where log lines go.
package enum LogTarget: Hashable, Sendable {
    /// Appended to a file.
    case file(String)
    /// To syslog under the facility of that name.
    case syslog(facility: String)
    /// To standard error with the marks that the journal of systemd knows, and without the time.
    case journal
    case standardOutput
    case standardError
    /// Standard error, with the time before each line and nothing else.
    case console
    /// The end of a file, with the time before each line and nothing else.
    case plainFile(String)
    /// Nobody reads them.
    case nowhere
}
