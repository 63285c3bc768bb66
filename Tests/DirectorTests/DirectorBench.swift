import Addresses
import Configuration
import Dialogues
import Director
import HealthChecks
import IPVS

/// A director on a simulated kernel: what it asks for is carried out at once, and everything it says is kept in order.
struct DirectorBench {
    static let zero = MonotonicTime(nanoseconds: 1_000_000_000)

    let kernel = SimulatedKernel()
    var director: Director
    var now = Self.zero
    /// The errors with which the kernel refuses the next changes, by their place in a changeset; each counts once.
    var refusals: [[Int: IPVSError]] = []
    /// Whether readings get no answer.
    var isUnreadable = false

    init(_ virtuals: [VirtualServer], _ change: (inout DirectorSettings) -> Void = { _ in }) {
        var configuration = DirectorConfiguration(virtualServers: virtuals)
        change(&configuration.settings)
        director = Director(configuration)
    }

    /// The kernel's table of one service.
    func entry(_ key: ServiceKey) -> Table.Entry? { (try? kernel.service(key)).map { Table.Entry($0) } }

    mutating func start() -> [DirectorAction] {
        carryOut(director.started(with: (try? kernel.table()) ?? Table(), at: now))
    }

    /// A result of the check of a server.
    mutating func check(
        _ real: RealServer,
        _ verdict: CheckResult.Verdict,
        of virtual: VirtualServer,
        after pause: Duration = .zero
    ) -> [DirectorAction] {
        let result =
            verdict == .up
            ? CheckResult(.up, .dialogue(.passed), text: "200 OK") : CheckResult(.down, .transport(.refused))
        return check(real, result, of: virtual, after: pause)
    }

    /// A result of the check of a server.
    mutating func check(
        _ real: RealServer,
        _ result: CheckResult,
        of virtual: VirtualServer,
        after pause: Duration = .zero
    ) -> [DirectorAction] {
        now = now + pause
        let scheduled = ScheduledCheck(check: real.check, interval: virtual.interval)
        return carryOut(director.checked(scheduled, result, at: now))
    }

    mutating func pass(_ duration: Duration) -> [DirectorAction] {
        let end = now + duration
        var actions: [DirectorAction] = []
        while let moment = director.nextMoment, moment <= end {
            now = max(now, moment)
            actions += carryOut(director.timePassed(at: now))
        }
        now = end
        return actions
    }

    mutating func reload(_ virtuals: [VirtualServer]) -> [DirectorAction] {
        carryOut(director.reloaded(DirectorConfiguration(virtualServers: virtuals), at: now))
    }

    mutating func maintain(_ files: Set<String>, _ names: [IPAddress: String] = [:]) -> [DirectorAction] {
        carryOut(director.maintenance(files: files, names: names, at: now))
    }

    mutating func stop() -> [DirectorAction] { carryOut(director.stopping(at: now)) }

    /// Somebody else changes the table.
    func interfere(_ changes: Change...) { _ = kernel.apply(Changeset(changes)) }

    /// Carries actions out in order, and those of the answers after them; all of them are told.
    mutating func carryOut(_ actions: [DirectorAction]) -> [DirectorAction] {
        var queue = actions
        var index = 0
        while index < queue.count {
            switch queue[index] {
            case .apply(let changeset):
                queue += director.applied(changeset, apply(changeset), at: now)
            case .readTable:
                if !isUnreadable, let table = try? kernel.table() { queue += director.observed(table, at: now) }
            case .schedule, .log, .record, .send, .run, .ready, .stopped: break
            }
            index += 1
        }
        return queue
    }

    private mutating func apply(_ changeset: Changeset) -> ApplyReport {
        guard !refusals.isEmpty else { return kernel.apply(changeset) }
        let errors = refusals.removeFirst()
        var failures: [ApplyReport.Failure] = []
        for (index, change) in changeset.changes.enumerated() {
            if let error = errors[index] {
                if error == .unanswered { _ = kernel.apply(Changeset([change])) }
                failures.append(ApplyReport.Failure(index: index, error: error))
            } else if let failure = kernel.apply(Changeset([change])).failures.first {
                failures.append(ApplyReport.Failure(index: index, error: failure.error))
            }
        }
        return ApplyReport(count: changeset.changes.count, failures: failures)
    }
}

extension [DirectorAction] {
    /// The lines of the log.
    var lines: [String] {
        compactMap { if case .log(let line) = $0 { line } else { nil } }
    }

    /// The changes, in order.
    var changes: [Change] {
        flatMap { action -> [Change] in if case .apply(let changeset) = action { changeset.changes } else { [] } }
    }

    /// The lines of commands, in order.
    var commands: [String] {
        compactMap { if case .run(let command) = $0 { command.line } else { nil } }
    }

    /// The mails, in order.
    var mails: [Mail] {
        compactMap { if case .send(let mail) = $0 { mail } else { nil } }
    }
}
