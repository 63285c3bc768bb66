import Addresses
import Configuration
import Dialogues
import Director
import HealthChecks
import IPVS
import System
import Time

// What the pure director wants done.

extension RunningDirector {
    /// Carries out what the director wants done.
    func perform(_ actions: [DirectorAction]) {
        for action in actions { perform(action) }
    }

    private func perform(_ action: DirectorAction) {
        switch action {
        case .apply(let changeset):
            kernel.apply(changeset) { [unowned self] report in
                perform(director?.applied(changeset, report, at: loop.now) ?? [])
                if !statusFile.status.missing.isEmpty { noteMissing() }
            }
        case .readTable where !needsKernel:
            loop.at(loop.now) { [weak self] in
                guard let self else { return }
                perform(director?.observed(Table(), at: loop.now) ?? [])
            }
        case .readTable:
            kernel.readTable { [unowned self] table in
                perform(director?.observed(table, at: loop.now) ?? [])
                noteMissing()
            }
        case .schedule(let scheduled): checks.replace(with: scheduled, services: servedAddresses)
        case .hurry(let awaited): checks.hurry(awaited)
        case .tell(let event): tell(event)
        case .tellSetting(let event): for line in log.voice.lines(for: event) { lines.write(line) }
        case .ready:
            // Loading a file takes much more memory than keeping what it says; to give it back takes time, too.
            if hasMemoryToReturn { Machine.returnMemory() }
            hasMemoryToReturn = false
            mayServersHaveTurned = true
            perform(life.becameReady())
        case .stopped:
            if failover?.isOver ?? true { pipes.close() } else { arePipesDue = true }
            perform(life.stopped(at: loop.now, patience: stopPatience))
        }
    }

    /// Says and does what the voice of the configuration's language makes of an event.
    private func tell(_ event: DirectorEvent) {
        if case .quorum = event.matter { mayServersHaveTurned = true }
        for utterance in log.voice.utterances(for: event) {
            switch utterance {
            case .log(let line): lines.write(line)
            case .record(let line): monitors.note(line, turn: loop.now.nanoseconds)
            case .send(let mail): mails.send(mail, from: director?.configuration.process.mailSender)
            case .run(let notice): notices.run(notice)
            case .pipe(let line): pipes.write(line)
            case .notify(let program, let order): notices.run(program, order: order)
            }
        }
    }

    /// Keeps in the status file what others removed and is not back.
    private func noteMissing() {
        guard life.isRunning, let missing = director?.missing.map(\.text), missing != statusFile.status.missing else {
            return
        }
        statusFile.status.missing = missing
        publish()
    }

    private var servedAddresses: ServedAddresses {
        var services = ServedAddresses()
        for server in director?.configuration.virtualServers ?? [] {
            for service in server.services {
                guard case .endpoint(.tcp, let endpoint) = service.key else { continue }
                services.add(endpoint, servers: server.realServers.map { $0.destination(in: service).endpoint })
            }
        }
        return services
    }
}
