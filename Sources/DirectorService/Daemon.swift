import Configuration
import Dialogues
import Glibc
import HealthChecks
import System
import Time

/// A director as a process: what `directrix run` and `ldirectord start` become.
package enum Daemon {
    /// The least time from one turn of a busy loop to the next: one turn then handles more.
    private static let turnSpacing = Duration.milliseconds(2)

    /// The exit status of a start for which host names of the configuration must be found first: `EX_TEMPFAIL`.
    package static let namesAway: Int32 = 75

    /// Directs until a signal ends it.
    ///
    /// It is to be called by the first thread of a process, before others are started. Unless it stays in the foreground,
    /// the process that called it returns as soon as the table is in the kernel or it is clear that it will not be; the
    /// daemon itself, a process of its own, ends inside of this call.
    ///
    /// - Parameter read: the configuration, where it was read a moment ago: it is not read a second time.
    /// - Returns: the exit status. 0: started, or stopped in good order. 1: not possible on this machine or in its
    ///   present state, such as a director that already runs. 2: the configuration has errors. `namesAway`.
    package static func run(_ options: DaemonOptions, _ read: consuming ReadConfiguration? = nil) -> Int32 {
        SignalDescriptor.block(RunningDirector.signals)
        var options = options
        options.configuration = Machine.absolutePath(options.configuration)
        if options.log == .standardError, Machine.isJournal(STDERR_FILENO) { options.log = .journal }
        if !options.staysInForeground, read?.meaning.configuration?.process.isSupervised ?? isSupervised(options) {
            options.staysInForeground = true
            options.pidFile = nil
        }
        var pidFiles: [PIDFile] = []
        for path in options.pidFiles {
            do throws(PIDFile.Failure) {
                pidFiles.append(try PIDFile(claiming: path))
            } catch {
                return refuse(error, of: path, options)
            }
        }
        guard !options.staysInForeground else { return guarded(options, StartReport(), pidFiles, read) }
        let side: Daemonisation.Side
        do throws(SystemFailure) {
            side = try Daemonisation.part()
        } catch {
            return complain("\(error)")
        }
        switch side {
        case .starter(let status): return status
        case .daemon(let report):
            let status = guarded(options, report, pidFiles, read)
            report.tell(status)
            // A thread that a disk holds keeps the process, which is over for all others; its locks must not stay.
            closefrom(STDERR_FILENO + 1)
            _exit(status)
        }
    }

    /// Directs, below a process that starts the director again should it die, where it has virtual routers and no service manager is
    /// there to do that.
    private static func guarded(
        _ options: DaemonOptions,
        _ report: StartReport,
        _ pidFiles: [PIDFile],
        _ read: consuming ReadConfiguration?
    ) -> Int32 {
        guard options.hasRouters, options.routers?.isSingle == false, !Machine.hasServiceManager else {
            return direct(options, report, pidFiles, paths: options.pidFiles, read)
        }
        // The first file has the number of the process that signals are sent to.
        let first = pidFiles.first
        do throws(PIDFile.Failure) {
            try first?.write()
        } catch {
            guard case .system(let failure) = error, failure.isShortage else {
                return refuse(error, of: options.pidFiles[0], options)
            }
        }
        if options.kernel == .netlink { ProcessName.take((options.language ?? .ldirectord).processName) }
        do throws(SystemFailure) {
            switch try Guardian.part(report, isDaemon: !options.staysInForeground) {
            case .ended(let status):
                first?.remove()
                return status
            case .director:
                let status = direct(
                    options,
                    report,
                    Array(pidFiles.dropFirst()),
                    paths: Array(options.pidFiles.dropFirst()),
                    read
                )
                report.tell(status)
                closefrom(STDERR_FILENO + 1)
                _exit(status)
            }
        } catch {
            first?.remove()
            return complain("\(error)")
        }
    }

    private static func direct(
        _ options: DaemonOptions,
        _ report: StartReport,
        _ pidFiles: [PIDFile],
        paths: [String],
        _ read: consuming ReadConfiguration?
    ) -> Int32 {
        defer { for file in pidFiles { file.remove() } }
        var unwritten: [PIDFile] = []
        for (file, path) in zip(pidFiles, paths) {
            do throws(PIDFile.Failure) {
                try file.write()
            } catch {
                guard case .system(let failure) = error, failure.isShortage else {
                    return refuse(error, of: path, options)
                }
                // A director without a PID file is better than none.
                unwritten.append(file)
                _ = complain("\(path): \(failure); the director runs without it until there is room")
            }
        }
        // A director of a kernel in memory is not to be found by the name of this machine's.
        if options.kernel == .netlink { ProcessName.take((options.language ?? .ldirectord).processName) }
        // The kernel's own bound on what a privileged process may ask for, in its default setting.
        DescriptorLimit.raise(to: 1 << 20)
        Machine.shareMemory()
        var environment = ServiceEnvironment(kernel: KernelSource(options.kernel))
        environment.notifier = Notifier.fromEnvironment()
        environment.startReport = report
        do throws(SystemFailure) {
            let loop = try EventLoop()
            loop.turnSpacing = Self.turnSpacing
            let director = try RunningDirector(options, environment, loop: loop, read: read)
            try director.handleSignals()
            for file in unwritten { write(file, laterOn: loop) }
            return director.run()
        } catch {
            return complain("\(error)")
        }
    }

    /// Tries to write a PID file again until the disk has room for it.
    private static func write(_ file: PIDFile, laterOn loop: EventLoop) {
        loop.at(loop.now + .seconds(10)) { [unowned loop] in
            do throws(PIDFile.Failure) {
                try file.write()
            } catch {
                guard case .system = error else { return }
                write(file, laterOn: loop)
            }
        }
    }

    /// Whether the file wants the director in the foreground; what is wrong with it is found when it is read in earnest.
    private static func isSupervised(_ options: DaemonOptions) -> Bool {
        guard let contents = try? FileContents(reading: options.configuration) else { return false }
        // Hardly any file has the word; reading a large one twice takes time.
        guard contents.bytes.contains(Array("supervised".utf8)) else { return false }
        let language = options.language ?? Language(of: contents.bytes, name: options.configuration)
        let file = language.read(
            contents.bytes,
            name: options.configuration,
            context: ReadingContext(hostName: "", isStrictlyCompatible: options.isStrictlyCompatible)
        )
        let loaded = file.loaded(with: ConfigurationAnswers(), unresolved: .leaveOut)
        return loaded.configuration?.process.isSupervised ?? false
    }

    private static func refuse(_ failure: PIDFile.Failure, of path: String, _ options: DaemonOptions) -> Int32 {
        switch failure {
        case .isHeld(let process):
            let number = process.map { " with pid: \($0)" } ?? ""
            let program = (options.language ?? .ldirectord).processName
            return complain("\(program) for \(options.configuration) is running\(number)")
        case .system(let failure): return complain("\(path): \(failure)")
        }
    }

    private static func complain(_ text: String) -> Int32 {
        try? LineSink.stream(STDERR_FILENO).write(Array((text + "\n").utf8))
        return 1
    }
}
