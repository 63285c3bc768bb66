import Configuration
import Console
import Diagnostics
import DirectorService
import Glibc
import IPVS
import System

/// The start of a daemon: the last look at its configuration, and the right to direct by it.
struct DaemonLaunch {
    let environment: DirectorEnvironment
    let console: ProgramOutput

    /// Runs the daemon that is asked for, if its configuration can be used and nobody else uses it.
    ///
    /// - Parameter language: the one whose line for the log is told with each error; nil for none.
    /// - Returns: the exit status.
    func run(_ options: DaemonOptions, withLinesOf language: Language? = nil) -> Int32 {
        let file = CheckedFile(
            of: options.configuration,
            environment: environment,
            language: options.language,
            isLenient: options.isLenient,
            isStrictlyCompatible: options.isStrictlyCompatible
        ) { context in
            if let id = options.configurationID { context.configurationID = id }
            context.demandsIncludes = options.demandsIncludes
        }
        guard report(file, withLinesOf: language) else { return status(ofUnusable: file) }
        return run(options, consume file)
    }

    /// Runs the daemon that is asked for by a file that can be used, if nobody else uses it.
    ///
    /// - Returns: the exit status.
    func run(_ options: DaemonOptions, _ file: consuming CheckedFile) -> Int32 {
        // A director of a kernel in memory cannot disturb another.
        let lock: ConfigurationLock?
        do {
            let holder = ConfigurationLock.Holder(instance: options.instance, pidFile: options.pidFile)
            lock =
                options.kernel == .netlink
                ? try ConfigurationLock(of: options.configuration, holder: holder, in: environment.runtimeFolder) : nil
        } catch {
            switch error {
            case .held(let holder):
                console.complain("\(options.configuration) is already used by \(name(of: holder))")
                return LdirectordProgram.Status.failure
            case .unusable(let path, let error) where error.isShortage:
                // A director without the lock is better than none.
                console.complain("\(path): \(error.message); the director runs without it")
                lock = nil
            case .unusable(let path, let error):
                let way = error.number == EACCES ? "; RUNTIME_DIRECTORY names another folder for it" : ""
                console.complain("\(path): \(error.message)\(way)")
                return LdirectordProgram.Status.failure
            }
        }
        if options.kernel == .netlink, options.parts.contains(.services), !isAlone(file, options) {
            return LdirectordProgram.Status.failure
        }
        var options = options
        let sharesAddresses = file.loaded?.failover != nil && options.parts.contains(.routers)
        options.hasRouters = sharesAddresses && options.routers != nil
        if sharesAddresses, options.routers == nil, options.kernel == .netlink {
            console.complain(
                "\(options.configuration): its virtual routers are left out, as the program for them is missing"
            )
        }
        console.flush()
        // The daemon tells of a kernel that cannot be used; a file of virtual routers alone needs none.
        if options.kernel == .netlink, file.loaded?.needsTable(for: options.parts) != false {
            _ = try? environment.loadedKernel()
        }
        // What it was to know of the file is with it alone from here on, so that a reload leaves nothing of it in memory.
        let status = environment.runDaemon(options, (consume file).handedOver())
        // A daemon in the background goes on holding it.
        extendLifetime(lock)
        return status
    }

    /// The exit status for a configuration that cannot be used.
    func status(ofUnusable file: CheckedFile) -> Int32 {
        file.lacksOnlyNames ? Daemon.namesAway : LdirectordProgram.Status.configuration
    }

    /// Looks whether other daemons direct the same services by another file.
    ///
    /// - Returns: whether there is no daemon for a copy of this one; services of which only some are another's as well are
    ///   told, for without a director the others would be worse off.
    private func isAlone(_ file: CheckedFile, _ options: DaemonOptions) -> Bool {
        for rival in Rival.all(of: file, in: environment.runtimeFolder) {
            if rival.hasAll {
                console.complain(
                    "\(options.configuration) has the services of \(rival.configuration), which is used by "
                        + name(of: rival.holder)
                )
                return false
            }
            let services = rival.shared.sorted().map(\.text).joined(separator: ", ")
            console.complain(
                "\(options.configuration): warning: \(services): also in \(rival.configuration), which is used by "
                    + "\(name(of: rival.holder)); each undoes what the other does"
            )
        }
        return true
    }

    private func name(of holder: ConfigurationLock.Holder) -> String {
        let process = holder.pidFile.flatMap { DaemonLook(at: $0).process }
        return "the instance \(holder.instance)" + (process.map { " with pid: \($0.id)" } ?? "")
    }

    /// Says what is wrong with a configuration.
    ///
    /// - Parameter language: the one whose line for the log is told with each error; nil for none.
    /// - Returns: whether it can be used.
    func report(_ file: CheckedFile, withLinesOf language: Language? = nil) -> Bool {
        if let failure = file.failure { console.complain("\(file.path): \(failure)") }
        for diagnostic in file.diagnostics {
            if let language {
                console.complain(language.logLine(about: diagnostic, process: environment.processID))
            }
            console.complain(diagnostic.description)
        }
        return file.configuration != nil
    }
}
