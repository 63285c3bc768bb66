import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import Time

/// What a director promises, looked at from outside: at the kernel, at each single change, at all results.
final class SimulatedPromises {
    private(set) var violations: [String] = []
    private(set) var appliedCount = 0
    private var configuration: DirectorConfiguration
    private var virtuals: [ServiceKey: VirtualServer] = [:]
    /// The keys that the director may touch: those of this configuration and of earlier ones.
    private var ownKeys: Set<ServiceKey> = []
    private var verdicts = SimulatedVerdicts()
    private var maintenance: Set<String> = []
    /// Services that somebody else changed, until the director has put them right or need not.
    private(set) var meddledKeys: Set<ServiceKey> = []
    /// Those of them that were removed altogether, and to which nothing was done since.
    private var removedKeys: Set<ServiceKey> = []
    private var rereadKeys: Set<ServiceKey> = []
    private var isReloading = false
    /// The services of which a change failed, until the director has nothing to try again.
    private var troubled: Set<ServiceKey> = []
    /// The services that were emptied while a changeset was carried out.
    private var emptied: [ServiceKey: Change] = [:]
    /// The servers that enter with their weight and go without it in the same changeset.
    private var entering: Set<Change> = []
    /// Until when the director waits for a reading that failed.
    private var waitsUntil = MonotonicTime(nanoseconds: 0)
    /// What was told of the standby of each service last.
    private var needs: [ServiceKey: StandbyNeed] = [:]

    init(_ configuration: DirectorConfiguration) {
        self.configuration = configuration
    }

    func violated(_ text: String) { violations.append(text) }

    func started(_ configuration: DirectorConfiguration, _ maintenance: Set<String>) {
        verdicts = SimulatedVerdicts()
        meddledKeys = []
        removedKeys = []
        troubled = []
        needs = [:]
        self.maintenance = maintenance
        take(configuration)
    }

    func reloaded(_ configuration: DirectorConfiguration) {
        // Whoever gets a command, or gets it back, is told anew.
        let former = commandedKeys
        take(configuration)
        verdicts.keep(configuration)
        let kept = former.intersection(commandedKeys)
        needs = needs.filter { kept.contains($0.key) }
        isReloading = true
    }

    private var commandedKeys: Set<ServiceKey> {
        Set(configuration.virtualServers.filter { $0.fallbackCommand != nil }.map(\.service.key))
    }

    private func take(_ configuration: DirectorConfiguration) {
        self.configuration = configuration
        virtuals = [:]
        for virtual in configuration.virtualServers {
            virtuals[virtual.service.key] = virtual
            ownKeys.insert(virtual.service.key)
        }
    }

    func maintenanceChanges(to files: Set<String>) {
        for virtual in configuration.virtualServers {
            for real in virtual.realServers where isNamed(real, files) != isNamed(real, maintenance) {
                verdicts.forget(.init(virtual, real))
            }
        }
        maintenance = files
    }

    func isNamed(_ real: RealServer, _ files: Set<String>) -> Bool {
        files.contains("\(real.address)")
    }

    func meddled(with key: ServiceKey, isRemoval: Bool) {
        meddledKeys.insert(key)
        if isRemoval { removedKeys.insert(key) } else { removedKeys.remove(key) }
    }

    /// Whether the table need not be as the configuration has it, since somebody else changed it.
    func isExcused(_ key: ServiceKey) -> Bool {
        guard meddledKeys.contains(key) else { return false }
        return !(removedKeys.contains(key) && virtuals[key]?.reconciliation == .restore)
    }

    func checked(_ check: ScheduledCheck, _ result: CheckResult, _ files: Set<String>) {
        for virtual in configuration.virtualServers {
            for real in virtual.realServers where !isNamed(real, maintenance) {
                guard let own = real.checks.first, own.probe == check.check, own.pace == check.pace else { continue }
                verdicts.count(result.verdict, for: .init(virtual, real), by: own)
            }
        }
    }

    func told(_ need: StandbyNeed, of key: ServiceKey) {
        if needs[key] == need { violated("the standby of \(key) is \(need): told twice") }
        needs[key] = need
    }

    func read() { rereadKeys = meddledKeys }

    func couldNotRead(at now: MonotonicTime) { waitsUntil = now + .seconds(1) }

    func begin(_ changeset: Changeset) {
        appliedCount += changeset.changes.count
        var deleted: Set<Change> = []
        entering = []
        for (change, next) in zip(changeset.changes, changeset.changes.dropFirst()) {
            if case .addDestination(let added, let key) = change, case .editDestination(let edited, key) = next,
                added.endpoint == edited.endpoint, edited.weight == 0,
                ["mh", "sh"].contains(virtuals[key]?.service.scheduler)
            {
                entering.formUnion([change, next])
            }
        }
        for change in changeset.changes {
            if let key = change.key, !ownKeys.contains(key) { violated("touched a foreign service: \(change)") }
            switch change {
            case .deleteDestination: deleted.insert(change)
            case .addDestination(let destination, let key):
                if deleted.contains(.deleteDestination(destination.endpoint, of: key)) {
                    violated("deleted to be added again: \(change)")
                }
            default: break
            }
        }
        if changeset.isEmpty { violated("an empty changeset") }
    }

    func end(_ changeset: Changeset, _ report: ApplyReport) {
        for failure in report.failures {
            if let key = changeset.changes[failure.index].key { troubled.insert(key) }
        }
        for (key, change) in emptied where !troubled.contains(key) { violated("emptied by \(change)") }
        emptied = [:]
    }

    /// Looks at one change that took effect.
    func watch(_ change: Change, _ before: ServiceStatus?, _ after: ServiceStatus?) {
        guard let key = change.key, let virtual = virtuals[key], !meddledKeys.contains(key) else { return }
        if let before, let after, Table.Entry(before) == Table.Entry(after), !troubled.contains(key) {
            violated("a command for what did not change: \(change)")
        }
        guard let before, let after else { return }
        if !entering.contains(change) { lookForRises(virtual, before, after) }
        let wasServed = before.destinations.contains { $0.destination.weight > 0 }
        let isServed = after.destinations.contains { $0.destination.weight > 0 }
        guard wasServed, !isServed, hasSomebody(virtual), !entering.contains(change) else { return }
        emptied[key] = change
        // No failure of another change excuses that the fallback went too early.
        if case .deleteDestination(virtual.fallback?.endpoint, _) = change { violated("left alone by \(change)") }
    }

    /// A server not known to be healthy never gets weight that it did not have.
    private func lookForRises(_ virtual: VirtualServer, _ before: ServiceStatus, _ after: ServiceStatus) {
        for new in after.destinations.map(\.destination) {
            let old = before.destinations.first { $0.destination.endpoint == new.endpoint }?.destination.weight ?? 0
            guard new.weight > old, new.endpoint != virtual.fallback?.endpoint else { continue }
            let reals = virtual.realServers.filter { $0.destination(in: virtual.service).endpoint == new.endpoint }
            if !reals.contains(where: { verdicts.mayRise(virtual, $0) && !isNamed($0, maintenance) }) {
                violated("\(new.endpoint) of \(virtual.service.key) rose from \(old) to \(new.weight) unproven")
            }
        }
    }

    /// Whether a healthy server or a fallback could serve.
    private func hasSomebody(_ virtual: VirtualServer) -> Bool {
        virtual.standby != nil
            || virtual.realServers.contains {
                $0.weight > 0 && verdicts.isAlive(virtual, $0) && !isNamed($0, maintenance)
            }
    }

    /// Looks at the whole table when the director has nothing more to say.
    func look(at kernel: SimulatedKernel, _ status: DirectorStatus, at now: MonotonicTime) {
        settle(status)
        guard now > waitsUntil, status.phase != "stopping" else { return }
        let known = Set(status.services.filter(\.isInTable).map(\.key))
        for virtual in configuration.virtualServers {
            let key = virtual.service.key
            guard known.contains(key), !troubled.contains(key), !meddledKeys.contains(key),
                let actual = try? kernel.service(key)
            else {
                continue
            }
            if hasSomebody(virtual), !actual.destinations.contains(where: { $0.destination.weight > 0 }) {
                violated("\(key) is empty")
            }
            for real in virtual.realServers {
                let endpoint = real.destination(in: virtual.service).endpoint
                let weight = actual.destinations.first { $0.destination.endpoint == endpoint }?.destination.weight ?? 0
                guard weight > 0, endpoint != virtual.fallback?.endpoint else { continue }
                if verdicts.isDead(virtual, real) || isNamed(real, maintenance) {
                    violated("\(endpoint) of \(key) is dead and has weight \(weight)")
                }
            }
        }
    }

    /// Ends excuses that no longer hold.
    private func settle(_ status: DirectorStatus) {
        for service in status.services where service.pendingChanges == 0 { troubled.remove(service.key) }
        for key in rereadKeys {
            guard let virtual = virtuals[key] else { continue }
            if virtual.reconciliation == .repair || isReloading && virtual.reconciliation != .off {
                meddledKeys.remove(key)
            }
        }
        if !rereadKeys.isEmpty || meddledKeys.isEmpty { isReloading = false }
        rereadKeys = []
    }

    /// What the table must be once all is calm.
    func expected(living: Set<IPAddress>, silent: Set<IPAddress>) -> [Table.Entry] {
        configuration.virtualServers.map { virtual in
            var entry = Table.Entry(service: virtual.service)
            var isServed = false
            for real in virtual.realServers {
                let address = real.address
                let isUp =
                    switch real.checks.first?.probe.method {
                    case nil: true
                    case .alwaysDown: false
                    default: living.contains(address) && !silent.contains(address)
                    }
                var destination = real.destination(in: virtual.service)
                if isUp, !isNamed(real, maintenance) {
                    if destination.weight > 0 { isServed = true }
                    entry[destination.endpoint] = destination
                } else if real.whenDown == .quiesced {
                    destination.weight = 0
                    entry[destination.endpoint] = destination
                }
            }
            if !isServed, let fallback = virtual.fallback { entry[fallback.endpoint] = fallback }
            return entry
        }
    }
}
