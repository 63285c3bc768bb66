import Configuration
import Director
import Failover
import Glibc
import IPVS
import System
import Time

// What the life of a director wants done.

extension RunningDirector {
    /// Carries out what is to be done.
    ///
    /// - Parameters:
    ///   - loaded: what was loaded just now.
    ///   - table: the kernel's table that was read just now, or why it could not be.
    func perform(_ actions: [DaemonLife.Action], _ loaded: LoadedFile? = nil, _ table: Result<Table, IPVSError>? = nil)
    {
        for action in actions { perform(action, loaded, table) }
    }

    private func perform(_ action: DaemonLife.Action, _ loaded: LoadedFile?, _ table: Result<Table, IPVSError>?) {
        switch action {
        case .load(let cause): load(cause)
        case .take: if let loaded { take(loaded) }
        case .prepare:
            run(\.startProgram, DaemonEvent.startProgramRun) { [unowned self] in perform(life.prepared(at: loop.now)) }
        case .endPreparation: programs.terminate()
        case .refuse: if let loaded { refuse(loaded) }
        case .replace: if let loaded { replace(loaded) }
        case .keep: if let loaded { keep(loaded) }
        case .readTable: readFirstTable()
        case .giveUp: if case .failure(let error) = table { giveUp(error) }
        case .direct: if case .success(let table) = table { direct(from: table) }
        case .publish(let phase):
            statusFile.status.phase = phase
            publish()
        case .changeCompanions:
            if let process = director?.configuration.process { companions.change(to: process.companions) }
        case .announceReload:
            // The status file is written with the outcome of the reload, which says the rest.
            statusFile.status.phase = .reloading
            reloadMark.set(director?.configuration.process.reloadMark)
            supervision.reloading()
        case .announceReady:
            supervision.ready(
                services: director?.configuration.virtualServers.count ?? 0,
                routers: failover?.configuration.routing.routers.count ?? 0
            )
        case .announceStop: supervision.stopping()
        case .failStart(let status): environment.startReport.tell(status)
        case .leave: leave()
        case .sumUpMails: mails.sumUp()
        case .goOn: perform(life.beginDueLoad())
        case .close: run(\.stopProgram, DaemonEvent.stopProgramRun) { [unowned self] in perform(life.closed()) }
        case .end(let end): self.end(end)
        }
    }

    /// Runs a program of the configuration in force that is waited for, tells of it, and goes on when it has ended; at once
    /// where there is none.
    private func run(
        _ program: KeyPath<ProcessSettings, AwaitedProgram?>,
        _ event: (_ line: String) -> DaemonEvent,
        then body: @escaping () -> Void
    ) {
        let process = director?.configuration.process
        let awaited = process?[keyPath: program]
        if let awaited { log.tell(event(awaited.program.text)) }
        programs.run(awaited, refusesUnsafe: process?.refusesUnsafePrograms ?? false, then: body)
    }

    private func readFirstTable() {
        beginFailover()
        guard needsKernel else { return perform(life.tableRead(), nil, .success(Table())) }
        kernel.readFirstTable { [unowned self] result in
            switch result {
            case .success: perform(life.tableRead(), nil, result)
            case .failure(let error):
                perform(life.tableFailed(isPassing: error.isPassing, at: loop.now), nil, result)
            }
        }
    }

    private func giveUp(_ error: IPVSError) {
        let text = "The kernel's table cannot be read: \(error.text)"
        environment.complain(text)
        log.tell(.tableUnreadable(reason: error.text))
    }

    private func direct(from table: Table) {
        followMaintenance()
        if let director { followAddresses(for: director.configuration) }
        if let configuration = director?.configuration { log.tell(.begun(configuration, process: getpid())) }
        if options.tellsConfiguration { tellConfiguration() }
        perform(director?.started(with: table, at: loop.now) ?? [])
    }

    private func leave() {
        files.end()
        reloadAlarm = nil
        reloadMark.remove()
        companions.stop()
        failover?.beginStop()
        perform(director?.stopping(at: loop.now) ?? [])
    }
}
