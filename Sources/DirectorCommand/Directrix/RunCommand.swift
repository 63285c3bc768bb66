import ArgumentParser
import Console
import DirectorService
import Glibc
import System

/// `directrix run`: the daemon.
struct RunCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the director.",
        discussion: """
            It checks the servers of the configuration and keeps the kernel's table right until it is stopped. HUP \
            makes it read the configuration again, USR1 makes it tell its state to the log, TERM stops it.

            EXAMPLES
              directrix run /etc/ha.d/ldirectord.cf                  in the background
              directrix run --foreground /etc/ha.d/ldirectord.cf     below systemd
              directrix run --foreground --kernel simulated new.cf   to see what its checks say
              directrix run /etc/keepalived/keepalived.conf          virtual routers too, in a process of their own
            """
    )

    @Flag(help: "Stay in the foreground instead of becoming a daemon.")
    var foreground = false

    @Option(help: "The kernel to direct: that of this machine, or one in memory for a trial.")
    var kernel = DaemonOptions.Kernel.netlink

    @Option(
        name: .customLong("pidfile"),
        help: ArgumentHelp(
            "The file for the number of the process; in the background /var/run/ldirectord.NAME.pid unless given.",
            valueName: "path"
        ),
        completion: .file()
    )
    var pidFile: String?

    @Option(
        name: .customLong("runtime-directory"),
        help: ArgumentHelp(
            "The folder of PID, status and lock files; that of the variable RUNTIME_DIRECTORY, or /var/run, unless given.",
            valueName: "path"
        ),
        completion: .directory
    )
    var runtimeDirectory: String?

    @Flag(help: "Keep virtual routers in the director's own process; not for intervals below 0.5 s.")
    var single = false

    @Flag(help: "Log to standard error, whatever the configuration says.")
    var logToStderr = false

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The configuration.", completion: .file())
    var file: String

    func run(_ context: SubcommandContext) -> Int32 {
        guard let instance = LdirectordInstance(configuration: file) else {
            context.console.complain("\(file): is a directory")
            return SubcommandContext.Status.failure
        }
        var environment = context.environment
        if let runtimeDirectory {
            environment.runtimeFolder = Machine.absolutePath(runtimeDirectory)
            // For the daemons that are started with this one.
            setenv("RUNTIME_DIRECTORY", environment.runtimeFolder, 1)
        }
        var options = environment.options(for: instance, configuration: file)
        options.kernel = kernel
        let isTrial = kernel == .simulated
        options.pidFile = pidFile.map(Machine.absolutePath) ?? (foreground || isTrial ? nil : options.pidFile)
        // The state folder has the files of the director of the real kernel.
        if isTrial { (options.stateFolder, options.routers) = (nil, nil) }
        options.routers?.isSingle = single
        options.staysInForeground = foreground
        options.language = reading.language
        options.isLenient = reading.lenient
        options.isStrictlyCompatible = reading.strictCompat
        options.configurationID = reading.configID
        options.demandsIncludes = reading.allConfig
        if logToStderr { options.log = .standardError }
        // The file is read here, by the daemon, and at every reload.
        guard !SystemFile.exists(file) || SystemFile.isRegular(file) else {
            context.console.complain("\(file): is no file that can be read more than once")
            return SubcommandContext.Status.failure
        }
        if let path = options.pidFile, let process = DaemonLook(at: path).process {
            context.console.complain("\(path): the daemon with pid: \(process.id) runs already")
            return SubcommandContext.Status.difference
        }
        return DaemonLaunch(environment: environment, console: context.console).run(options)
    }
}

extension DaemonOptions.Kernel: ExpressibleByArgument {
    package static var allValueStrings: [String] { [netlink.rawValue, simulated.rawValue] }
}
