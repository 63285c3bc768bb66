import CheckIO
import Configuration
import Dialogues
import Director
import HealthChecks
import IPVS

extension RunningDirector {
    /// The time that a command which is told of an event may take.
    private static var noticePatience: Duration { .seconds(60) }

    /// Carries out what the director wants done.
    func perform(_ actions: [DirectorAction]) {
        for action in actions { perform(action) }
    }

    private func perform(_ action: DirectorAction) {
        switch action {
        case .apply(let changeset):
            worker.apply(changeset) { [unowned self] report in
                perform(director?.applied(changeset, report, at: loop.now) ?? [])
                if !status.missing.isEmpty { noteMissing() }
            }
        case .readTable: readTable()
        case .schedule(let checks):
            runner.knowPlaces(services: servedAddresses, lookUp: HostLookups.lookup(on: loop))
            for token in schedule.replace(with: checks, at: loop.now) { runner.cancel(token: token) }
        case .tell(let event): tell(event)
        case .ready: becomeReady()
        case .stopped: becomeStopped()
        }
    }

    /// Says and does what the voice of the configuration's language makes of an event.
    private func tell(_ event: DirectorEvent) {
        for utterance in surroundings.voice.utterances(for: event) {
            switch utterance {
            case .log(let line): lines.write(line)
            case .record(let line): record(line)
            case .send(let mail): mails.send(mail, from: director?.configuration.process.mailSender)
            case .run(let notice): run(notice)
            }
        }
    }

    private func readTable() {
        worker.readTable { [unowned self] result in
            switch result {
            case .success(let table):
                if isTableMissing { log.write("The kernel's table can be read again") }
                isTableMissing = false
                perform(director?.observed(table, at: loop.now) ?? [])
                noteMissing()
            case .failure(let error):
                // The director asks again by itself.
                if !isTableMissing { log.write("The kernel's table cannot be read: \(error.text)") }
                isTableMissing = true
            }
        }
    }

    /// Keeps in the status file what others removed and is not back.
    private func noteMissing() {
        guard life == .running, let missing = director?.missing.map(\.text), missing != status.missing else { return }
        status.missing = missing
        writeStatus()
    }

    private func record(_ line: MonitorLine) {
        monitors.note(line, turn: loop.now.nanoseconds)
        writeMonitorsSoon()
    }

    private func writeMonitorsSoon() {
        guard monitorTimer == nil else { return }
        monitorTimer = loop.at(loop.now + Self.monitorPeriod) { [unowned self] in
            monitorTimer = nil
            for line in monitors.flush() { log.write(line) }
            if monitors.isWaiting { writeMonitorsSoon() }
        }
    }

    /// Runs a command of the configuration after those of the same order that were wanted before.
    private func run(_ notice: Notice) {
        guard let program = ProgramCommand(line: notice.commandLine) else { return }
        commands.enqueue(program, key: notice.order, timeout: Self.noticePatience) { [log] result in
            log.tell(of: notice.commandLine, result)
        }
    }

    private func becomeReady() {
        guard let director else { return }
        announceEndOfReload()
        // Reading a file takes much more than keeping what it says.
        Host.returnMemory()
        guard !isReady else { return }
        isReady = true
        status.phase = .running
        writeStatus()
        companions.change(to: director.configuration.process.companions)
    }

    /// Tells the service manager that the director works by the configuration of now.
    func announceEndOfReload() {
        if let reloadTimer { loop.cancel(reloadTimer) }
        reloadTimer = nil
        isReloadAnnounced = false
        let count = director?.configuration.virtualServers.count ?? 0
        surroundings.notifier?.ready("Directing \(count) virtual servers")
    }

    // MARK: Checks

    private var servedAddresses: ServedAddresses {
        var services = ServedAddresses()
        for server in director?.configuration.virtualServers ?? [] {
            guard case .endpoint(.tcp, let endpoint) = server.service.key else { continue }
            services.add(endpoint, servers: server.realServers.map(\.destination.endpoint))
        }
        return services
    }

    /// Starts the probes that are due.
    func startProbes() {
        for probe in schedule.due(at: loop.now) { runner.start(probe.check, token: probe.token) }
    }

    /// Takes the result of a probe.
    func finished(_ token: Int, _ result: CheckResult) {
        guard let check = schedule.finished(token: token, result, at: loop.now) else { return }
        perform(director?.checked(check, result, at: loop.now) ?? [])
    }
}

extension IPVSError {
    /// What it means, in one line for people.
    var text: String {
        switch self {
        case .unavailable: "the kernel has no IPVS; is the module ip_vs missing?"
        case .refused(.notPermitted): "not permitted; CAP_NET_ADMIN is needed"
        case .refused(let error): SystemFailure(call: "netlink", number: error.rawValue).description
        case .transport(let error): SystemFailure(call: "netlink", number: error.rawValue).description
        case .unanswered: "its answer was lost"
        case .malformedReply(let text): "its answer cannot be read: \(text)"
        case .unsettled(let attempts): "it changed during each of \(attempts) attempts"
        }
    }
}
