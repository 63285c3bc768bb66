import Addresses
import CheckIO
import Configuration
import Diagnostics
import Director
import Glibc
import HealthChecks
import IPVS

extension RunningDirector {
    /// Loads the file in the background; what is in force stays so meanwhile.
    func load(_ cause: LoadCause = .request) {
        switch life {
        case .reading, .running: break
        case .awaitingTable: return want(cause)
        case .stopping, .lingering, .ended: return
        }
        guard !isLoading else { return want(cause) }
        isLoading = true
        if life == .running {
            status.phase = .reloading
            surroundings.notifier?.reloading(at: EventLoop.clock)
            isReloadAnnounced = true
        }
        let loader = ConfigurationLoader(
            path: options.configuration,
            language: language,
            context: ReadingContext(
                hostName: surroundings.hostName,
                isStrictlyCompatible: options.isStrictlyCompatible
            ),
            unresolved: life == .reading ? options.isLenient ? .leaveOut : .refuse : .keep(answers),
            known: life == .reading ? options.answers : [:],
            isAutomatic: cause == .change,
            hasServices: director?.configuration.virtualServers.isEmpty == false,
            writers: writers,
            writingPatience: surroundings.writingPatience
        )
        let timer = loop.at(loop.now + Self.loadingPatience) { [unowned self] in
            log.write("Configuration file '\(options.configuration)' takes long to be read; what is in force stays so")
        }
        Aside.begin(on: loop) {
            loader.load()
        } then: { [weak self] loaded in
            self?.loop.cancel(timer)
            self?.take(loaded)
        }
    }

    /// The time that loading may take before that is told: names have ten seconds, and so has whoever writes the file.
    private static var loadingPatience: Duration { .seconds(30) }

    /// Notes that the file is to be loaded once that can be done; a request stays one.
    private func want(_ cause: LoadCause) {
        if wantedLoad != .request { wantedLoad = cause }
    }

    /// Loads the file if that was wanted meanwhile.
    private func loadIfWanted() {
        guard let cause = wantedLoad, life == .running else { return }
        wantedLoad = nil
        load(cause)
    }

    /// Takes what was loaded; nil where there was no thread for it.
    private func take(_ loaded: LoadedFile?) {
        isLoading = false
        let loaded = loaded ?? LoadedFile(failure: SystemFailure(call: "pthread_create", number: EAGAIN))
        switch life {
        case .reading: start(with: loaded)
        case .running: reload(with: loaded)
        case .awaitingTable, .stopping, .lingering, .ended: return
        }
        loadIfWanted()
    }

    private func start(with loaded: LoadedFile) {
        guard let configuration = loaded.configuration else {
            if let failure = loaded.failure {
                refuse("\(options.configuration): \(failure.message)")
                return end(1)
            }
            for diagnostic in loaded.diagnostics {
                refuse(diagnostic.description, log: diagnostic.ldirectordLine(of: getpid()))
            }
            return end(loaded.lacksOnlyNames ? Daemon.namesAway : 2)
        }
        answers = loaded.answers
        language = loaded.language
        log.change(to: target(of: configuration))
        if let invocation = options.invocation { log.write("Invoking ldirectord invoked as: \(invocation)") }
        let manner = options.staysInForeground ? "with pid: \(getpid())" : "as daemon"
        log.write("Starting Directrix \(manner)")
        if let reason = log.settle() { surroundings.complain("unable to write to the log\(log.place): \(reason)") }
        for line in loaded.logLines { log.write(line) }
        status.messages = loaded.messages
        director = Director(configuration)
        lines.expect(servers: configuration.virtualServers.reduce(0) { $0 + $1.realServers.count })
        maintenanceListing = loaded.maintenance
        watchFile(loaded)
        life = .awaitingTable
        tableDeadline = loop.now + Self.tablePatience
        readFirstTable()
    }

    /// Says why there is no start.
    private func refuse(_ text: String, log line: String? = nil) {
        surroundings.complain(text)
        if let target = options.log, target != .standardError { log.write(line ?? text) }
    }

    private func readFirstTable() {
        worker.readTable { [unowned self] result in
            guard life == .awaitingTable else { return }
            switch result {
            case .success(let table): started(with: table)
            case .failure(let error):
                if isPassing(error), let tableDeadline, loop.now < tableDeadline {
                    loop.at(loop.now + .milliseconds(200)) { [weak self] in self?.readFirstTable() }
                } else {
                    let text = "The kernel's table cannot be read: \(error.text)"
                    surroundings.complain(text)
                    log.write(text)
                    end(1)
                }
            }
        }
    }

    private func isPassing(_ error: IPVSError) -> Bool {
        switch error {
        case .unavailable, .refused(.notPermitted): false
        case .refused, .transport, .unanswered, .malformedReply, .unsettled: true
        }
    }

    private func started(with table: Table) {
        life = .running
        writeStatus()
        followMaintenance()
        perform(director?.started(with: table, at: loop.now) ?? [])
        loadIfWanted()
    }

    private func reload(with loaded: LoadedFile) {
        status.reloads += 1
        status.phase = isReady ? .running : .starting
        defer { writeStatus() }
        if let contents = loaded.contents { configurationWatch?.read(contents) }
        status.messages = loaded.messages
        for line in loaded.logLines { log.write(line) }
        guard let configuration = loaded.configuration else {
            let reason = loaded.failure.map { "\(options.configuration): \($0.message)" }
            if let reason {
                log.write(reason)
                status.messages.append(reason)
            }
            log.write("Configuration file '\(options.configuration)' is not loaded; what was in force stays in force")
            status.outcome = .failed
            if isReady { announceEndOfReload() }
            return
        }
        status.outcome = .loaded
        answers = loaded.answers
        log.change(to: target(of: configuration))
        runner.forgetCertificates()
        monitors.forgetFailures()
        lines.expect(servers: configuration.virtualServers.reduce(0) { $0 + $1.realServers.count })
        perform(director?.reloaded(configuration, at: loop.now) ?? [])
        maintenanceListing = loaded.maintenance
        followMaintenance()
        log.write("Configuration file '\(options.configuration)' is loaded")
        if isReady {
            companions.change(to: configuration.process.companions)
            if isReloadAnnounced {
                if let reloadTimer { loop.cancel(reloadTimer) }
                reloadTimer = loop.at(loop.now + Self.reloadPatience) { [unowned self] in announceEndOfReload() }
            }
        }
    }

    // MARK: Messages

    private func target(of configuration: DirectorConfiguration) -> LogTarget {
        if let log = options.log { return log }
        if configuration.process.isSupervised { return .standardOutput }
        switch configuration.process.log {
        case .file(let path): return .file(path)
        case .syslog(let facility): return .syslog(facility: facility)
        }
    }

    // MARK: What is watched

    private func watchFile(_ loaded: LoadedFile) {
        guard let contents = loaded.contents else { return }
        let path = options.configuration
        configurationWatch = ConfigurationWatch(
            on: loop,
            path: path,
            contents: contents,
            writers: writers,
            patience: surroundings.writingPatience
        ) { [unowned self] event in
            switch event {
            case .changed: fileChanged()
            case .unsettled:
                log.write("Configuration file '\(path)' is still being written; it is looked into when it is closed")
            case .gone: log.write("can not open file \(path) for checking")
            }
        }
    }

    private func fileChanged() {
        guard life == .running || life == .awaitingTable, let process = director?.configuration.process else {
            return
        }
        log.write("Configuration file '\(options.configuration)' has changed on disk")
        log.write(process.reloadsOnChange ? " - reread new configuration" : " - ignore new configuration")
        if process.reloadsOnChange { load(.change) }
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

    /// Looks where the configuration in force wants the files for maintenance.
    private func followMaintenance() {
        guard let configuration = director?.configuration else { return }
        let path = configuration.process.maintenanceDirectory
        guard path != nil || maintenance != nil else { return }
        let watch =
            maintenance
            ?? MaintenanceWatch(on: loop) { [unowned self] files, names in
                perform(director?.maintenance(files: files, names: names, at: loop.now) ?? [])
            }
        maintenance = watch
        var addresses: Set<IPAddress> = []
        for virtual in configuration.virtualServers {
            for server in virtual.realServers { addresses.insert(server.destination.endpoint.address) }
        }
        if let path, !watch.change(to: path, maintenanceListing ?? .unreadable, addresses: addresses) {
            log.write("maintenance directory '\(path)' does not exist")
        } else if path == nil {
            _ = watch.change(to: nil, .missing, addresses: [])
            maintenance = nil
        }
    }
}
