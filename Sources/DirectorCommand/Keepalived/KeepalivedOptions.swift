import DirectorService

/// What the command line of `keepalived` wants of a daemon or of a test.
struct KeepalivedOptions: Hashable {
    /// The configuration.
    var file = "/etc/keepalived/keepalived.conf"
    /// What is done of what the file says: all, or that which `-C` and `-P` name.
    var parts = DaemonParts.all
    /// Whether virtual servers are kept: without `-P`, or with `-C` beside it.
    var keepsServices: Bool { parts.contains(.services) }
    /// Where a test of the configuration tells what it finds: standard error where the path is nil; nil for no test.
    var test: Test?
    /// Whether the process stays where it was started.
    var staysInForeground = false
    /// Whether lines of the log go to standard error too.
    var logsToConsole = false
    /// Whether they go to syslog.
    var logsToSyslog = true
    /// The facility of syslog, by its name.
    var facility = "daemon"
    /// A file that gets them too.
    var logFile: String?
    /// Whether the configuration is told at the start.
    var dumps = false
    /// Whether the table stays as it is when the daemon stops.
    var leavesTable = false
    /// The file with the number of the process; nil for the usual one.
    var pidFile: String?
    /// The file with the number of the process that checks; nil for the usual one.
    var checkersPIDFile: String?
    /// The file with the number of the process of the virtual routers; nil for the usual one.
    var routersPIDFile: String?
    /// The network namespace to work in, whatever the file says.
    var namespace: String?
    /// The word that lines beginning with `@` are kept by; nil for the name of the host.
    var configID: String?
    /// Whether every `include` has to find something.
    var needsEveryInclude = false
    /// The mask for the modes of new files.
    var mask: UInt32?
    /// Whether the kernel keeps a picture of the process if it crashes, and by which pattern of a name.
    var core: Core?

    /// A test of the configuration.
    struct Test: Hashable {
        /// The file that what is found is appended to; nil for standard error.
        var log: String?
    }

    /// What becomes of a process that crashes.
    struct Core: Hashable {
        /// What the kernel's pattern is set to; nil for leaving it.
        var pattern: String?
    }
}
