import Addresses
import Configuration
import Dialogues
import Director
import HealthChecks
import IPVS
import Time

/// What a director promises, looked at from outside: at the kernel, at each single change, at all results.
final class SimulatedPromises {
    private(set) var violations: [String] = []
    private(set) var appliedCount = 0
    private(set) var account: SimulatedAccount
    /// The keys that the director may touch: those of this configuration and of earlier ones.
    private var ownKeys: Set<ServiceKey> = []
    /// The keys of earlier configurations of the running director that this one has not.
    private(set) var departedKeys: Set<ServiceKey> = []
    private var maintenance: Set<String> = []
    /// Services that somebody else changed, until the director has put them right or need not.
    private(set) var meddledKeys: Set<ServiceKey> = []
    /// Those of them that were removed altogether, and to which nothing was done since.
    private var removedKeys: Set<ServiceKey> = []
    private var rereadKeys: Set<ServiceKey> = []
    /// Services that are new, and of which the director does not know yet what stands in them.
    private var unreadKeys: Set<ServiceKey> = []
    private var isReloading = false
    /// The services of which a change failed, until the director has nothing to try again.
    private(set) var troubled: Set<ServiceKey> = []
    /// The services that were emptied while a changeset was carried out.
    private var emptied: [ServiceKey: Change] = [:]
    /// The changes by which servers enter with their weight and go without it in the same changeset.
    private(set) var entering: Set<Change> = []
    /// Until when the director waits for a reading that failed.
    private var waitsUntil = MonotonicTime(nanoseconds: 0)
    /// What was told of the standby of each pool last.
    private var needs: [String?: StandbyNeed] = [:]
    /// What was told of pools and servers that turned.
    private(set) var turns = SimulatedTurns()
    /// Timeouts and sync daemons.
    private(set) var settings = SimulatedSettings()
    private var addresses: Set<IPAddress>?
    private var isStopping = false

    init() {
        account = SimulatedAccount(DirectorConfiguration(), isNamed: { _ in false }, isStanding: { _, _ in false })
    }

    func violated(_ text: String) { violations.append(text) }

    // MARK: What happens

    func started(
        _ configuration: DirectorConfiguration,
        _ maintenance: Set<String>,
        _ addresses: Set<IPAddress>?,
        _ kernel: SimulatedKernel
    ) {
        (settings, turns, isStopping) = (SimulatedSettings(configuration.settings), SimulatedTurns(), false)
        (meddledKeys, removedKeys, departedKeys, unreadKeys, troubled, needs) = ([], [], [], [], [], [:])
        self.maintenance = maintenance
        account = SimulatedAccount(
            configuration,
            isNamed: { isNamed($0, maintenance) },
            isStanding: { kernel.weight(at: $1, of: $0) > 0 }
        )
        have(addresses)
        ownKeys = Set(account.keys)
        guard configuration.settings.emptiesTableAtStart else { return }
        departedKeys = Set(kernel.snapshot().services.map(\.service.key)).subtracting(account.keys)
        ownKeys.formUnion(departedKeys)
    }

    func have(_ addresses: Set<IPAddress>?) {
        self.addresses = addresses
        account.have(addresses)
    }

    func stops() {
        isStopping = true
        if !settings.wanted.leavesTable { settings.stops() }
    }

    func reloaded(_ configuration: DirectorConfiguration, _ kernel: SimulatedKernel) {
        let former = account
        account = former.reloaded(
            configuration,
            isNamed: { isNamed($0, maintenance) },
            isStanding: {
                former.contributors[$0] != nil && !meddledKeys.contains($0) && !troubled.contains($0)
                    && kernel.weight(at: $1, of: $0) > 0
            }
        )
        account.have(addresses)
        settings.want(configuration.settings)
        ownKeys.formUnion(account.keys)
        // What was never read was never touched.
        departedKeys.formUnion(former.keys.filter { !unreadKeys.contains($0) })
        unreadKeys = unreadKeys.union(account.keys.filter { former.contributors[$0] == nil })
        departedKeys.subtract(account.keys)
        // Whoever gets a command, or gets it back, is told anew.
        let formerNeeds = needs
        needs = [:]
        let origins = former.origins(of: configuration.virtualServers)
        turns = turns.reloaded(
            configuration.virtualServers,
            from: origins.map { $0.map { former.pools[$0].virtual } }
        )
        for (origin, virtual) in zip(origins, configuration.virtualServers) {
            guard let origin, virtual.fallbackCommand != nil else { continue }
            let formerly = former.pools[origin].virtual
            if formerly.fallbackCommand != nil { needs[virtual.name] = formerNeeds[formerly.name] }
        }
        isReloading = true
    }

    func maintenanceChanges(to files: Set<String>) {
        maintenance = files
        account.maintain { isNamed($0, files) }
    }

    private func isNamed(_ real: RealServer, _ files: Set<String>) -> Bool {
        files.contains("\(real.address)")
    }

    func meddled(with key: ServiceKey, isRemoval: Bool) {
        meddledKeys.insert(key)
        if isRemoval { removedKeys.insert(key) } else { removedKeys.remove(key) }
    }

    func meddledWithSettings() { settings.meddled() }

    func asks(_ check: ScheduledCheck) {
        if !account.isWanted(check) { violated("\(check.check.target) is asked for nobody") }
    }

    func checked(_ check: ScheduledCheck, _ result: CheckResult) { account.count(result, of: check) }

    func told(_ matter: DirectorEvent.Matter, of virtual: VirtualServer) {
        // What is told of a pool that is no longer there is told once for all.
        guard account.pools.contains(where: { $0.virtual == virtual }) else { return }
        if let text = turns.told(matter, of: virtual) { violated("told twice that \(text) in \(virtual.name ?? "")") }
        if case .standby(let need) = matter { told(need, of: virtual.name) }
    }

    private func told(_ need: StandbyNeed, of name: String?) {
        if needs[name] == need { violated("the standby of \(name ?? "") is \(need): told twice") }
        needs[name] = need
    }

    func read() {
        (rereadKeys, unreadKeys) = (meddledKeys, [])
        settings.read()
    }

    func couldNotRead(at now: MonotonicTime) { waitsUntil = now + .seconds(1) }

    // MARK: Excuses

    /// Whether the table need not be as the configuration has it, since somebody else changed it.
    func isExcused(_ key: ServiceKey) -> Bool {
        guard meddledKeys.contains(key) else { return false }
        return !(removedKeys.contains(key) && account.first(of: key)?.reconciliation == .restore)
    }

    /// Ends excuses that no longer hold.
    private func settle(_ director: Director) {
        if !troubled.isEmpty {
            for (service, pool) in zip(director.status.services, account.pools) where service.pendingChanges == 0 {
                for service in pool.virtual.services { troubled.remove(service.key) }
            }
        }
        for key in rereadKeys {
            guard let first = account.first(of: key) else { continue }
            if first.reconciliation == .repair || isReloading && first.reconciliation != .off {
                meddledKeys.remove(key)
            }
        }
        if !rereadKeys.isEmpty || meddledKeys.isEmpty { isReloading = false }
        rereadKeys = []
    }

    // MARK: Changes

    func begin(_ changeset: Changeset) {
        appliedCount += changeset.changes.count
        var deleted: Set<Change> = []
        entering = []
        for (change, next) in zip(changeset.changes, changeset.changes.dropFirst()) {
            if case .addDestination(let added, let key) = change, case .editDestination(let edited, key) = next,
                added.endpoint == edited.endpoint, edited.weight == 0,
                ["mh", "sh"].contains(account.service(key)?.scheduler)
            {
                entering.formUnion([change, next])
            }
        }
        for change in changeset.changes {
            if let key = change.key, !ownKeys.contains(key) { violated("touched a foreign service: \(change)") }
            switch change {
            case .flush:
                if !isStopping || !settings.emptiesAtStop { violated("emptied the whole table") }
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
            if let key = changeset.changes[failure.index].key { troubled.insert(key) } else { settings.missed() }
        }
        for (key, change) in emptied where !troubled.contains(key) { violated("emptied by \(change)") }
        emptied = [:]
    }

    /// Looks at one change of what services share that took effect.
    func watch(_ change: Change, _ before: SimulatedSettings.State, _ after: SimulatedSettings.State) {
        for text in settings.took(change, from: before, to: after) { violated(text) }
    }

    /// Looks at one change of a service that took effect.
    func watch(_ change: Change, _ before: ServiceStatus?, _ after: ServiceStatus?) {
        guard let key = change.key, account.contributors[key] != nil, !meddledKeys.contains(key),
            let before, let after
        else { return }
        if Table.Entry(before) == Table.Entry(after), !troubled.contains(key) {
            violated("a command for what did not change: \(change)")
        }
        guard !entering.contains(change) else { return }
        look(at: key, from: before, to: after)
        guard before.isServed, !after.isServed else { return }
        if case .deleteDestination(let endpoint, _) = change, account.isLastUntilAnswers(endpoint, of: key) {
            violated("\(endpoint) of \(key.identity) went before anybody could answer")
        }
        guard account.hasSomebody(key) else { return }
        emptied[key] = change
        // No failure of another change excuses that the standby went too early.
        switch change {
        case .deleteDestination(let endpoint, _):
            if account.isReserve(endpoint, of: key) { violated("left alone by \(change)") }
        case .editDestination(let destination, _):
            if account.isReserve(destination.endpoint, of: key) { violated("left alone by \(change)") }
        default: break
        }
    }

    /// Looks at the whole table when the director has nothing more to say.
    func look(at kernel: SimulatedKernel, _ director: Director, at now: MonotonicTime) {
        settle(director)
        guard now > waitsUntil else { return }
        for key in account.keys where !troubled.contains(key) && !meddledKeys.contains(key) {
            guard !unreadKeys.contains(key), let actual = try? kernel.service(key) else { continue }
            look(at: key, actual)
        }
    }
}

extension SimulatedKernel {
    /// The weight that stands at an endpoint of a service; 0 where nothing does.
    func weight(at endpoint: Endpoint, of key: ServiceKey) -> Int32 { (try? service(key))?.weight(at: endpoint) ?? 0 }
}

extension ServiceStatus {
    /// Whether anybody has weight.
    var isServed: Bool { destinations.contains { $0.destination.weight > 0 } }

    /// The weight that stands at an endpoint; 0 where nothing does.
    func weight(at endpoint: Endpoint) -> Int32 {
        destinations.first { $0.destination.endpoint == endpoint }?.destination.weight ?? 0
    }
}
