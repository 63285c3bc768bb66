import AdminCommand
import Diagnostics
import DirectorService

/// The start of a daemon: the last look at its configuration, and the right to direct by it.
struct DaemonLaunch {
    let surroundings: DirectorSurroundings
    let console: Console

    /// Runs the daemon that is asked for, if its configuration can be used and nobody else uses it.
    ///
    /// - Parameter asLdirectord: whether errors come with the lines that ldirectord has for them.
    /// - Returns: the exit status.
    func run(_ options: DaemonOptions, asLdirectord: Bool) -> Int32 {
        let reading = ConfigurationReading(
            of: options.configuration,
            surroundings: surroundings,
            isLenient: options.isLenient,
            isStrictlyCompatible: options.isStrictlyCompatible
        )
        guard report(reading, asLdirectord: asLdirectord) else {
            return LdirectordProgram.Status.configuration
        }
        // A trial in memory is in nobody's way.
        let lock: ConfigurationLock?
        do {
            let holder = ConfigurationLock.Holder(instance: options.instance, pidFile: options.pidFile)
            lock =
                options.kernel == .netlink
                ? try ConfigurationLock(of: options.configuration, holder: holder, in: surroundings.runtimeFolder) : nil
        } catch {
            switch error {
            case .held(let holder):
                let process = holder.pidFile.flatMap { DaemonLook(at: $0).process }
                let number = process.map { " with pid: \($0.id)" } ?? ""
                console.complain("\(options.configuration) is already used by the instance \(holder.instance)\(number)")
            case .unusable(let path, let error): console.complain("\(path): \(error.message)")
            }
            return LdirectordProgram.Status.failure
        }
        console.flush()
        // What is amiss with the kernel is the daemon's to say.
        if options.kernel == .netlink { _ = try? surroundings.loadedKernel() }
        let status = surroundings.runDaemon(options)
        // A daemon in the background goes on holding it.
        extendLifetime(lock)
        return status
    }

    /// Says what is wrong with a configuration.
    ///
    /// - Returns: whether it can be used.
    func report(_ reading: ConfigurationReading, asLdirectord: Bool) -> Bool {
        if let failure = reading.failure { console.complain("\(reading.path): \(failure)") }
        for diagnostic in reading.diagnostics {
            if asLdirectord { console.complain(diagnostic.ldirectordLine(of: surroundings.processID)) }
            console.complain(diagnostic.description)
        }
        return reading.configuration != nil
    }
}
