import System

/// What a running director finds around it: what tests put in the place of the machine.
struct ServiceEnvironment {
    /// The kernel that it directs.
    var kernel: KernelSource
    /// Who is told how the service is; nil where nobody asks.
    var notifier: Notifier?
    /// Who is told how the start went.
    var startReport = StartReport()
    /// The name of the machine.
    var hostName = Machine.name
    /// The name of the user that the process runs as.
    var userName = Machine.userName
    /// The programs that may take mail, the first that there is counts.
    var mailPrograms = ["/usr/sbin/sendmail", "/usr/lib/sendmail"]
    /// The folder of files that somebody asks for to look at.
    var temporaryFolder = Machine.temporaryFolder
    /// The folder of files about virtual routers that somebody asks for: one that is root's alone, unless `TMPDIR` names another.
    var stateFolder = Machine.environment["TMPDIR"] ?? "/run/directrix"
    /// The time that whoever is writing the configuration has to end.
    var writingPatience = Duration.seconds(10)
    /// The port of mail servers.
    var mailPort: UInt16 = 25
    /// Where errors of a start go.
    var complain: (String) -> Void = { text in
        try? LineSink.stream(2).write(Array((text + "\n").utf8))
    }
}
