package import Addresses
package import Configuration
package import Dialogues
package import Director
import HealthChecks
package import IPVS
package import Time

/// A director on a simulated kernel: what it asks for is carried out at once, and everything it says is kept in order.
package struct DirectorBench {
    package static let zero = MonotonicTime(nanoseconds: 1_000_000_000)

    package let kernel = SimulatedKernel()
    package var director: Director
    package var now = Self.zero
    /// The errors with which the kernel refuses the next changes, by their place in a changeset; each counts once.
    package var refusals: [[Int: IPVSError]] = []
    /// Whether readings get no answer.
    package var isUnreadable = false

    package init(_ virtuals: [VirtualServer], _ change: (inout DirectorSettings) -> Void = { _ in }) {
        var configuration = DirectorConfiguration(virtualServers: virtuals)
        change(&configuration.settings)
        director = Director(configuration)
    }

    /// The kernel's table of one service.
    package func entry(_ key: ServiceKey) -> Table.Entry? { (try? kernel.service(key)).map { Table.Entry($0) } }

    package mutating func start() -> [DirectorAction] {
        carryOut(director.started(with: (try? kernel.tableWithSettings()) ?? Table(), at: now))
    }

    /// A result of the check of a server.
    package mutating func check(
        _ real: RealServer,
        _ verdict: CheckResult.Verdict,
        of virtual: VirtualServer,
        after pause: Duration = .zero
    ) -> [DirectorAction] {
        check(real, verdict == .up ? Shop.passed : Shop.refused, of: virtual, after: pause)
    }

    /// A result of the check of a server.
    package mutating func check(
        _ real: RealServer,
        _ result: CheckResult,
        of virtual: VirtualServer,
        after pause: Duration = .zero
    ) -> [DirectorAction] {
        now = now + pause
        // As the virtual server has it: tests change its pace after its servers were made.
        let probe = real.checks.first?.probe
        guard let probe,
            let own = virtual.realServers.lazy.compactMap(\.checks.first).first(where: { $0.probe == probe })
        else { return [] }
        let scheduled = ScheduledCheck(own.probe, pace: own.pace)
        return carryOut(director.checked(scheduled, result, at: now))
    }

    package mutating func pass(_ duration: Duration) -> [DirectorAction] {
        let end = now + duration
        var actions: [DirectorAction] = []
        while let moment = director.nextMoment, moment <= end {
            now = max(now, moment)
            actions += carryOut(director.timePassed(at: now))
        }
        now = end
        return actions
    }

    package mutating func reload(_ virtuals: [VirtualServer]) -> [DirectorAction] {
        carryOut(director.reloaded(DirectorConfiguration(virtualServers: virtuals), at: now))
    }

    package mutating func maintain(_ files: Set<String>, _ names: [IPAddress: String] = [:]) -> [DirectorAction] {
        carryOut(director.maintenance(files: files, names: names, at: now))
    }

    package mutating func stop() -> [DirectorAction] { carryOut(director.stopping(at: now)) }

    /// Somebody else changes the table.
    package func interfere(_ changes: Change...) { _ = kernel.apply(Changeset(changes)) }

    /// Carries actions out in order, and those of the answers after them; all of them are told.
    package mutating func carryOut(_ actions: [DirectorAction]) -> [DirectorAction] {
        var director = director
        defer { self.director = director }
        return director.carryOut(actions, at: now) { action in
            switch action {
            case .apply(let changeset): .applied(apply(changeset))
            case .readTable: isUnreadable ? nil : (try? kernel.tableWithSettings()).map { .table($0) }
            case .schedule, .hurry, .tell, .tellSetting, .ready, .stopped: nil
            }
        }
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
    /// What is told, in order.
    package var events: [DirectorEvent.Matter] {
        compactMap { if case .tell(let event) = $0 { event.matter } else { nil } }
    }

    /// What is told of the kernel's table, in order.
    package var steps: [TableStep] {
        events.compactMap { if case .table(let step, .done) = $0 { step } else { nil } }
    }

    /// What is told of steps that failed, in order.
    package var failures: [DirectorEvent.Matter] {
        events.filter { if case .table(_, .failed) = $0 { true } else { false } }
    }

    /// What is told of standbys, in order.
    package var needs: [StandbyNeed] {
        events.compactMap { if case .standby(let need) = $0 { need } else { nil } }
    }

    /// The changes, in order.
    package var changes: [Change] {
        flatMap { action -> [Change] in if case .apply(let changeset) = action { changeset.changes } else { [] } }
    }
}

extension DirectorAction {
    /// Has it told that something happened to a virtual server of one service, whose servers have one check each.
    package static func told(
        _ matter: DirectorEvent.Matter,
        of virtual: VirtualServer,
        in phase: DirectorPhase = .running
    ) -> DirectorAction {
        .tell(
            DirectorEvent(
                matter,
                of: virtual,
                in: phase,
                check: matter.isOfResult ? 0 : nil,
                entry: matter.isOfEntry ? virtual.service.key : nil
            )
        )
    }
}

extension DirectorEvent.Matter {
    /// Whether it comes from the result of a check.
    fileprivate var isOfResult: Bool {
        guard case .server(_, let event) = self else { return false }
        switch event {
        case .maintenanceBegun, .maintenanceEnded, .absent: return false
        case .checked, .checkedInMaintenance, .unasked, .softFailure, .recovered, .down, .stillDown, .up, .weighted,
            .turned, .check:
            return true
        }
    }

    /// Whether it is about one service of the kernel.
    fileprivate var isOfEntry: Bool {
        switch self {
        case .table, .drift, .puttingBack: true
        case .server, .quorum, .resting, .standby: false
        }
    }
}
