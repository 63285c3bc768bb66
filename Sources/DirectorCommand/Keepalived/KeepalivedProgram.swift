import Configuration
import Console
import DirectorService
import Glibc
import System
import Texts

/// The program `keepalived`: the words, files and exit statuses of the original, as far as virtual servers are concerned.
struct KeepalivedProgram {
    let environment: DirectorEnvironment
    let console: ProgramOutput
    /// The words of the command line, the program's name first, for the log.
    let invocation: [String]

    /// The exit statuses of keepalived.
    enum Status {
        static let success: Int32 = 0
        /// The words are wrong, or there can be no daemon on this machine or in its present state.
        static let failure: Int32 = 1
        /// The configuration has errors.
        static let configuration: Int32 = 2
        /// The process may not do what it has to.
        static let notPermitted: Int32 = 4
        /// There is no configuration.
        static let missing: Int32 = 6
    }

    func run(_ words: [String]) -> Int32 {
        switch KeepalivedWords(words) {
        case .help:
            console.complain(String(KeepalivedTexts.help.dropLast()))
            return Status.success
        case .version:
            console.complain(String(KeepalivedTexts.version.dropLast()))
            return Status.success
        case .genhash(let words): return environment.runGenhash(words)
        case .signalNumber(let name):
            guard let signal = KeepalivedSignal(rawValue: name) else {
                console.complain("Unknown sigfunc \(name)")
                return Status.failure
            }
            console.text.append("\(signal.number)\n")
            return Status.success
        case .wrong(let complaints):
            for complaint in complaints { console.complain(complaint) }
            return Status.failure
        case .run(let options, let surplus, let complaints):
            for complaint in complaints { console.complain(complaint) }
            if !surplus.isEmpty {
                console.text.append("Unexpected argument(s): \(surplus.map { "\($0) " }.joined())\n")
                console.flush()
            }
            if let test = options.test { return run(test, options) }
            // A daemon has the command line of the program that starts it.
            environment.runAgainByPath(invocation)
            return start(options)
        }
    }

    // MARK: Testing

    /// Tells everything that a daemon would say of the configuration.
    private func run(_ test: KeepalivedOptions.Test, _ options: KeepalivedOptions) -> Int32 {
        let file = read(options)
        if let log = test.log {
            do throws(SystemFailure) {
                let text = file.complaints.map { "\($0)\n" }.joined()
                if !text.isEmpty { try LineSink.file(Machine.absolutePath(log)).write(Array(text.utf8)) }
            } catch {
                console.complain("\(log): \(error.message)")
                return Status.failure
            }
        } else {
            for complaint in file.complaints { console.complain(complaint) }
        }
        if file.failure != nil { return Status.missing }
        return file.configuration == nil ? Status.configuration : Status.success
    }

    private func read(_ options: KeepalivedOptions) -> CheckedFile {
        CheckedFile(
            of: options.file,
            environment: environment,
            language: .keepalived,
            isLenient: false,
            takesNamedPipes: false,
            adjust: options.adjust
        )
    }

    // MARK: Starting

    private func start(_ options: KeepalivedOptions) -> Int32 {
        for preparation in options.preparations {
            if let failure = environment.prepare(preparation) { console.complain("\(failure)") }
        }
        let launch = DaemonLaunch(environment: environment, console: console)
        let file = read(options)
        guard launch.report(file) else {
            return file.failure == nil ? Status.configuration : Status.missing
        }
        guard let process = file.configuration?.process else { return Status.configuration }
        if let namespace = options.namespace ?? process.networkNamespace {
            if let failure = environment.prepare(.namespace(namespace)) {
                console.complain("network namespace \(namespace): \(failure.message)")
                return failure.number == EPERM ? Status.notPermitted : Status.failure
            }
        }
        let files = KeepalivedFiles(options, process, in: environment.runtimeFolder)
        if DaemonLook(at: files.pidFile).process != nil {
            console.complain("daemon is already running")
            // A service manager that waits for this process would take its end for that of the daemon.
            return options.staysInForeground ? Status.failure : Status.success
        }
        environment.makeFolder(files.folder)
        return launch.run(daemonOptions(options, files), consume file)
    }

    private func daemonOptions(_ options: KeepalivedOptions, _ files: KeepalivedFiles) -> DaemonOptions {
        var daemon = DaemonOptions(configuration: Machine.absolutePath(options.file), instance: files.instance)
        daemon.language = .keepalived
        daemon.staysInForeground = options.staysInForeground
        daemon.pidFile = Machine.absolutePath(files.pidFile)
        daemon.morePIDFiles = [Machine.absolutePath(files.checkersPIDFile)].filter { $0 != daemon.pidFile }
        daemon.stateFolder = nil
        daemon.log = options.logTargets.first ?? .nowhere
        daemon.moreLogs = Array(options.logTargets.dropFirst())
        daemon.parts = options.parts
        daemon.routers = environment.routers(of: files.instance, in: files.folder)
        daemon.routers?.pidFile = Machine.absolutePath(files.routersPIDFile)
        daemon.leavesTable = options.leavesTable
        daemon.tellsConfiguration = options.dumps
        daemon.stateFileSuffix = files.dumpSuffix
        daemon.configurationID = options.configID
        daemon.demandsIncludes = options.needsEveryInclude
        daemon.invocation = invocation.joined(separator: " ")
        return daemon
    }
}

extension KeepalivedOptions {
    /// What is done to the process, whatever the configuration says.
    fileprivate var preparations: [ProcessPreparation] {
        let masks = mask.map { [ProcessPreparation.mask($0)] } ?? []
        return masks + (core.map { [.core(pattern: $0.pattern)] } ?? [])
    }

    /// What the meaning of the configuration depends on.
    fileprivate func adjust(_ context: inout ReadingContext) {
        if let configID { context.configurationID = configID }
        context.demandsIncludes = needsEveryInclude
    }

    /// Where lines of the log go.
    var logTargets: [LogTarget] {
        var targets: [LogTarget] = logsToSyslog ? [.syslog(facility: facility)] : []
        if logsToConsole { targets.append(.console) }
        if let logFile { targets.append(.plainFile(Machine.absolutePath(logFile))) }
        return targets
    }
}
