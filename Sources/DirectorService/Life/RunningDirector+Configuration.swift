import Addresses
import CheckIO
import Configuration
import Diagnostics
import Director
import Failover
import Glibc
import HealthChecks
import IPVS
import System
import Time

// The file of the configuration: how it is loaded, and what becomes of what was loaded.

extension RunningDirector {
    /// The time that loading may take before that is told: names have ten seconds, and so has whoever writes the file.
    private static var loadingPatience: Duration { .seconds(30) }

    /// Loads the file in the background; what is in force stays so meanwhile.
    func load(_ cause: LoadCause) {
        let isFirst = director == nil
        let loader = ConfigurationLoader(
            path: options.configuration,
            language: language,
            context: ReadingContext(
                hostName: environment.hostName,
                isStrictlyCompatible: options.isStrictlyCompatible,
                configurationID: options.configurationID,
                demandsIncludes: options.demandsIncludes
            ),
            unresolved: isFirst ? options.isLenient ? .leaveOut : .refuse : .keep(read?.meaning.answers ?? [:]),
            earlier: read,
            known: isFirst ? read?.answers.names ?? [:] : [:],
            isAutomatic: cause == .change,
            hasServices: director?.configuration.virtualServers.isEmpty == false,
            hasRouters: failover?.configuration.routing.routers.isEmpty == false,
            isSingle: options.routers?.isSingle ?? false,
            writers: files.writers,
            writingPatience: environment.writingPatience
        )
        let timer = loop.at(loop.now + Self.loadingPatience) { [unowned self] in
            log.tell(.loadSlow(path: options.configuration))
        }
        // Until there is a first configuration nothing else is to be done; a reload must not make checks late.
        Background.begin(on: loop, waitsItsTurn: !isFirst) {
            loader.load()
        } then: { [weak self] loaded in
            guard let self else { return }
            loop.cancel(timer)
            let loaded = loaded ?? LoadedFile(failure: SystemFailure(call: "pthread_create", number: EAGAIN))
            perform(life.loaded(loaded.verdict, at: loop.now), loaded)
        }
    }

    /// Takes the first configuration.
    func take(_ loaded: LoadedFile) {
        guard let configuration = loaded.configuration.map(adjusted) else { return }
        let loaded = adjusted(loaded)
        note(loaded, configuration)
        log.tell(.started(invocation: options.invocation, process: options.staysInForeground ? getpid() : nil))
        if let reason = log.settle() { environment.complain("unable to write to the log\(log.place): \(reason)") }
        for line in loaded.logLines { log.write(line) }
        statusFile.status.messages = loaded.messages
        director = Director(configuration)
        takeFailover(loaded.failover)
        guard let contents = loaded.contents else { return }
        files.followFile(contents) { [unowned self] in fileChanged($0) }
    }

    /// Says why there is no start.
    func refuse(_ loaded: LoadedFile) {
        if let failure = loaded.failure { return refuse("\(options.configuration): \(failure.message)") }
        for (diagnostic, line) in zip(loaded.diagnostics, loaded.logLines) {
            refuse(diagnostic.description, log: line)
        }
    }

    private func refuse(_ text: String, log line: String? = nil) {
        environment.complain(text)
        if let target = options.log, target != .standardError { log.write(line ?? text) }
    }

    /// Takes a configuration in the place of the one in force.
    func replace(_ loaded: LoadedFile) {
        guard let configuration = loaded.configuration.map(adjusted) else { return }
        let loaded = adjusted(loaded)
        noteReload(loaded, .loaded)
        note(loaded, configuration)
        if let former = director?.configuration { log.tell(.replaced(configuration, former: former)) }
        checks.forgetCertificates()
        monitors.forgetFailures()
        followAddresses(for: configuration)
        takeFailover(loaded.failover)
        perform(director?.reloaded(withDaemons(configuration), at: loop.now) ?? [])
        beginFailover()
        followMaintenance()
        reloadMark.remove()
        log.tell(.loaded(path: options.configuration))
    }

    /// Says why the configuration in force stays.
    func keep(_ loaded: LoadedFile) {
        noteReload(loaded, .failed)
        // Once a file that it includes is mended, it is loaded again.
        if loaded.contents != nil { followInclusions(loaded) }
        reloadMark.remove()
        let reason = loaded.failure.map { "\(options.configuration): \($0.message)" }
        if let reason { statusFile.status.messages.append(reason) }
        log.tell(.loadFailed(path: options.configuration, reason: reason))
    }

    private func noteReload(_ loaded: LoadedFile, _ outcome: DaemonStatus.Outcome) {
        statusFile.status.reloads += 1
        statusFile.status.outcome = outcome
        statusFile.status.messages = loaded.messages
        if let contents = loaded.contents { files.loaded(contents) }
        for line in loaded.logLines { log.write(line) }
    }

    /// A configuration with what the command line says otherwise.
    private func adjusted(_ configuration: DirectorConfiguration) -> DirectorConfiguration {
        var configuration = configuration
        if options.leavesTable { configuration.settings.leavesTable = true }
        if !options.parts.contains(.services) { configuration = configuration.withoutServices }
        return configuration
    }

    /// What was loaded without what the command line leaves out.
    private func adjusted(_ loaded: LoadedFile) -> LoadedFile {
        var loaded = loaded
        if !options.parts.contains(.routers) { loaded.failover = nil }
        return loaded
    }

    /// Keeps what is known with a configuration that is taken.
    private func note(_ loaded: LoadedFile, _ configuration: DirectorConfiguration) {
        if loaded.read?.identity != read?.identity { hasMemoryToReturn = true }
        read = loaded.read
        mails.change(to: configuration.process)
        files.listing = loaded.maintenance
        followInclusions(loaded)
        if let language = loaded.language { (self.language, log.voice) = (language, language.voice) }
        log.change(to: target(of: configuration), tag: (language ?? .ldirectord).logTag)
        let process = configuration.process
        notices.refusesUnsafe = process.refusesUnsafePrograms
        notices.endsAtStop = process.stopPatience != nil
        pipes.change(
            to: process.pipes,
            routers: loaded.failover?.pipes ?? [],
            refusesUnsafe: process.refusesUnsafePrograms
        )
        followReloadTimes(process.reloadSchedule)
        lines.expect(servers: configuration.virtualServers.reduce(0) { $0 + $1.realServers.count })
    }

    private func followReloadTimes(_ schedule: ReloadSchedule?) {
        guard schedule != reloadAlarm?.schedule else { return }
        reloadAlarm = schedule.map { schedule in
            ReloadAlarm(on: loop, schedule, log) { [unowned self] in
                log.tell(.reloadWanted)
                perform(life.wantLoad(.request))
            }
        }
    }

    private func followInclusions(_ loaded: LoadedFile) {
        files.followInclusions(loaded.inclusions) { [unowned self] in fileChanged() }
    }

    private func target(of configuration: DirectorConfiguration) -> LogTarget {
        if let log = options.log { return log }
        if configuration.process.isSupervised { return .standardOutput }
        switch configuration.process.log {
        case .file(let path): return .file(path)
        case .syslog(let facility): return .syslog(facility: facility)
        }
    }

    private func fileChanged(_ event: FileWatch.Event) {
        let path = options.configuration
        switch event {
        case .changed: fileChanged()
        case .unsettled:
            log.tell(.fileUnsettled(path: path))
        case .gone: log.tell(.fileGone(path: path))
        }
    }

    private func fileChanged() {
        guard life.followsFile, let process = director?.configuration.process else { return }
        log.tell(.fileChanged(path: options.configuration, isLoaded: process.reloadsOnChange))
        if process.reloadsOnChange { perform(life.wantLoad(.change)) }
        guard let callback = process.changeCommand else { return }
        let command = ProgramCommand(
            program: callback,
            arguments: [options.configuration],
            output: ProgramCommand.firstLine
        )
        commands.enqueue(command, key: "callback", timeout: .seconds(60)) { [log, options] result in
            log.tell(of: "\(callback) \(options.configuration)", result)
        }
    }

    /// Has the director told which addresses this machine has, where a configuration goes by them.
    func followAddresses(for configuration: DirectorConfiguration) {
        guard configuration.virtualServers.contains(where: { !$0.neededAddresses.isEmpty }) else {
            addresses = nil
            return
        }
        do throws(SystemFailure) {
            if addresses == nil {
                addresses = try AddressWatch(on: loop) { [unowned self] in tell(addresses: $0) }
            }
            if let addresses { tell(addresses: addresses.addresses) }
        } catch {
            // Without them every server is checked.
            log.write("The addresses of this machine cannot be followed: \(error)")
        }
    }

    private func tell(addresses: Set<IPAddress>) {
        perform(director?.addresses(addresses, at: loop.now) ?? [])
    }

    /// Looks where the configuration in force wants the files for maintenance.
    func followMaintenance() {
        guard let configuration = director?.configuration else { return }
        let path = configuration.process.maintenanceDirectory
        let exists = files.followFolder(
            path,
            addresses: Set(configuration.virtualServers.flatMap { $0.realServers.map(\.address) })
        ) { [unowned self] names, hosts in
            perform(director?.maintenance(files: names, names: hosts, at: loop.now) ?? [])
        }
        if let path, !exists { log.tell(.maintenanceFolderMissing(path: path)) }
    }
}

extension DirectorConfiguration {
    /// The same without virtual servers, and without what is wanted of the table for their sake.
    fileprivate var withoutServices: DirectorConfiguration {
        var configuration = self
        configuration.virtualServers = []
        configuration.settings.timeouts = nil
        configuration.settings.emptiesTableAtStart = false
        configuration.settings.emptiesTableAtStop = false
        return configuration
    }
}

extension LoadedFile {
    /// What it means for the life of a director.
    fileprivate var verdict: DaemonLife.Loaded {
        if configuration != nil { return .usable }
        return .unusable(failure != nil ? 1 : read?.lacksOnlyNames == true ? Daemon.namesAway : 2)
    }
}
