import Console
import DirectorService
import Glibc
import System
import Texts

/// The program `ldirectord`: the words, answers and exit statuses of the original.
///
/// Only what starts a daemon reads the configuration: the others go by the PID file alone, so that a file with errors is
/// no reason why a daemon could not be stopped.
struct LdirectordProgram {
    let environment: DirectorEnvironment
    let console: ProgramOutput
    /// The words of the command line, the program's name first, for the log.
    let invocation: [String]

    func run(_ words: [String]) -> Int32 {
        switch LdirectordWords(words) {
        case .help:
            console.text.append(LdirectordTexts.help)
            return Status.success
        case .version:
            console.text.append(LdirectordTexts.version)
            return Status.success
        case .wrong(let complaints):
            for complaint in complaints { console.complain(complaint) }
            console.text.append(LdirectordTexts.usage)
            return Status.usage
        case .command(let verb, let instance, let manner):
            // A daemon has the command line of the program that starts it; monitoring looks for a path in it.
            if verb.startsDaemon { environment.runAgainByPath(invocation) }
            let pidFile = instance.pidFile(in: environment.runtimeFolder)
            guard let found = instance.findConfiguration(in: environment.configurationFolders) else {
                // A daemon can outlive its configuration.
                guard !verb.startsDaemon, DaemonLook(at: pidFile).process != nil else {
                    console.complain("Config file \(instance.configuration) not found")
                    return Status.failure
                }
                return run(verb, instance, configuration: instance.configuration, manner)
            }
            return run(verb, instance, configuration: found, manner)
        }
    }

    private func run(
        _ verb: LdirectordVerb,
        _ instance: LdirectordInstance,
        configuration: String,
        _ manner: LdirectordManner
    ) -> Int32 {
        let pidFile = instance.pidFile(in: environment.runtimeFolder)
        let daemon = DaemonLook(at: pidFile)
        switch verb {
        case .start:
            if let process = daemon.process {
                guard manner == .foreground else { return Status.success }
                // A service manager that waits for this process would take its end for that of the daemon.
                console.complain("ldirectord for \(configuration) is running with pid: \(process.id)")
                return Status.failure
            }
            return start(instance, configuration: configuration, manner)
        case .restart, .tryRestart:
            guard let process = daemon.process else {
                if verb == .tryRestart { return Status.success }
                return start(instance, configuration: configuration, manner)
            }
            // A file with errors is no reason to be without a director.
            if let status = refusal(of: configuration) { return status }
            guard stop(process, configuration: configuration) else { return Status.failure }
            return start(instance, configuration: configuration, manner)
        case .stop:
            guard let process = daemon.process else { return Status.success }
            return stop(process, configuration: configuration) ? Status.success : Status.failure
        case .reload:
            guard let process = daemon.process else { return Status.failure }
            return reload(process, instance, configuration: configuration)
        case .status:
            var seen: Set<LdirectordInstance> = []
            return tellStatus(of: instance, configuration: configuration, seen: &seen)
        }
    }
}

extension LdirectordProgram {
    /// The exit statuses of ldirectord.
    enum Status {
        static let success: Int32 = 0
        /// Something is missing or did not do what it was told to; of `status`, that a PID file is stale.
        static let failure: Int32 = 1
        /// The configuration has errors.
        static let configuration: Int32 = 2
        /// Of `status`, that nothing runs.
        static let stopped: Int32 = 3
        /// Of `status`, that the daemon runs, but others removed something from the table that is not back.
        static let incomplete: Int32 = 4
        static let usage: Int32 = 255
    }

    private func start(_ instance: LdirectordInstance, configuration: String, _ manner: LdirectordManner) -> Int32 {
        var options = environment.options(for: instance, configuration: configuration)
        options.language = .ldirectord
        options.staysInForeground = manner != .background
        if manner == .debugging { options.log = .standardError }
        options.invocation = invocation.joined(separator: " ")
        return DaemonLaunch(environment: environment, console: console).run(options, withLinesOf: .ldirectord)
    }

    /// The exit status for a configuration that cannot be used, after what is wrong with it was said; nil when it can.
    private func refusal(of configuration: String) -> Int32? {
        let file = CheckedFile(of: configuration, environment: environment, language: .ldirectord, isLenient: false)
        let launch = DaemonLaunch(environment: environment, console: console)
        return launch.report(file, withLinesOf: .ldirectord) ? nil : launch.status(ofUnusable: file)
    }

    /// Ends a daemon and waits for its end.
    private func stop(_ process: DaemonProcess, configuration: String) -> Bool {
        guard signal(process, SIGTERM, configuration: configuration) else { return false }
        if process.waitForEnd(atMost: environment.stopLimit) { return true }
        console.complain(
            "ldirectord for \(configuration) with pid: \(process.id) has not stopped within \(environment.stopLimit)"
        )
        return false
    }

    /// Lets a daemon read its configuration, and waits until it has said what came of it.
    private func reload(
        _ process: DaemonProcess,
        _ instance: LdirectordInstance,
        configuration: String
    ) -> Int32 {
        let before = status(of: process, instance)
        guard signal(process, SIGHUP, configuration: configuration) else { return Status.failure }
        // A daemon of the original tells nothing.
        guard let before else { return Status.success }
        var after = before
        var hasEnded = false
        let isAnswered = Waiting.until(environment.reloadLimit) {
            after = status(of: process, instance) ?? after
            if after.reloads != before.reloads { return true }
            hasEnded = !process.isAlive
            return hasEnded
        }
        let name = "ldirectord for \(configuration)"
        if hasEnded {
            console.complain("\(name) has ended")
        } else if !isAnswered {
            console.complain("\(name) has not answered within \(environment.reloadLimit)")
        } else if after.outcome == .failed {
            complain(ofFailedReload: after, configuration: configuration)
            return Status.configuration
        } else {
            return Status.success
        }
        return Status.failure
    }

    private func complain(ofFailedReload status: DaemonStatus, configuration: String) {
        for message in status.messages { console.complain(message) }
        console.complain("ldirectord for \(configuration) goes on with what it had before these errors")
    }

    /// The status file of a daemon; nil for a daemon of the original, which writes none.
    private func status(of process: DaemonProcess, _ instance: LdirectordInstance) -> DaemonStatus? {
        let path = "\(environment.runtimeFolder)/ldirectord.\(instance.name).status"
        guard let status = SystemFile.text(path, limit: 1 << 22).flatMap(DaemonStatus.init) else { return nil }
        return status.pid == process.id ? status : nil
    }

    private func signal(_ process: DaemonProcess, _ number: Int32, configuration: String) -> Bool {
        do {
            try process.signal(number)
            return true
        } catch {
            // The daemon ended after the look at its PID file.
            if error.number == ESRCH { return true }
            console.complain("ldirectord for \(configuration) with pid: \(process.id): \(error.message)")
            return false
        }
    }

    /// Tells whether the daemon of an instance runs, and then the same of those it started.
    private func tellStatus(
        of instance: LdirectordInstance,
        configuration: String,
        seen: inout Set<LdirectordInstance>
    ) -> Int32 {
        seen.insert(instance)
        let pidFile = instance.pidFile(in: environment.runtimeFolder)
        switch DaemonLook(at: pidFile) {
        case .missing:
            console.text.append("ldirectord is stopped for \(configuration)\n")
            return Status.stopped
        case .stale:
            console.complain("ldirectord stale pid file \(pidFile) for \(configuration)")
            console.text.append("ldirectord is stopped for \(configuration)\n")
            return Status.failure
        case .running(let process):
            console.complain("ldirectord for \(configuration) is running with pid: \(process.id)")
            let status = status(of: process, instance)
            if let status, status.outcome == .failed {
                complain(ofFailedReload: status, configuration: configuration)
            }
            let missing = status?.missing ?? []
            for name in missing {
                console.complain("ldirectord for \(configuration): missing from the kernel's table: \(name)")
            }
            for name in ExecuteLines.names(inFile: configuration) {
                guard let companion = LdirectordInstance(configuration: name), !seen.contains(companion) else {
                    continue
                }
                let path = companion.findConfiguration(in: environment.configurationFolders) ?? name
                _ = tellStatus(of: companion, configuration: path, seen: &seen)
            }
            return missing.isEmpty ? Status.success : Status.incomplete
        }
    }
}
