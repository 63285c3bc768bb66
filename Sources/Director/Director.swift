package import Addresses
package import Configuration
package import Dialogues
package import HealthChecks
package import IPVS
package import Time

/// What keeps the kernel's table as a configuration and the health of real servers want it.
///
/// It owns no clock, no socket and no kernel: it is told what happens, and says what to do. One thing at a time is asked
/// of the kernel; what is decided meanwhile follows after its answer. Whoever carries the actions out takes them in
/// order, those of an answer after those that were there before.
///
/// What it promises: a server that is not known to be healthy has no weight that it did not have before; a server known
/// to be dead has none once its change is carried out; a service has no empty moment while a healthy server or a
/// standby exists; services of others are never touched, unless the configuration wants the table emptied of them; what
/// does not change gets no command.
package struct Director: Sendable {
    /// The least time from one reading of the table to the next: what others removed is missing for so long.
    static let readingInterval = Duration.seconds(5)
    /// The most time from one reading to the next.
    static let longestReadingInterval = Duration.seconds(60)
    /// How many times as long as a reading takes is the time to the next one, so that a large table costs no more
    /// than half a hundredth of a processor.
    static let readingRatio = 200
    /// The time after which a reading that is not answered is asked for again.
    static let readingTimeout = Duration.seconds(1)
    /// The least time between two looks for reminders.
    static let reminderLook = Duration.seconds(1)
    /// The changes after which no further service is put into the same changeset.
    static let changesAtOnce = 2000

    /// Where a director is in its life.
    enum Life: Hashable, Sendable {
        case created
        case running
        /// Waits for the answer to the last changes of its running.
        case ending
        /// Waits for the answer to the removal of what does not stay.
        case stopping
        case stopped
    }

    /// What the kernel was asked for last and has not answered.
    enum Outstanding: Sendable {
        case nothing
        case reading(since: MonotonicTime)
        case changes(PlannedChanges)
    }

    /// The configuration in force.
    package internal(set) var configuration: DirectorConfiguration
    var life = Life.created
    var phase = DirectorPhase.starting
    var isReady = false
    /// The virtual servers in the order of the configuration.
    var pools: [ServerPool] = []
    /// Their services in the kernel, each once.
    var mirrors: [ServiceMirror] = []
    var links = PoolLinks()
    /// What all services share.
    var settings = SettingsMirror()
    /// The addresses of this machine; nil while they are not known.
    var addresses: Set<IPAddress>?
    /// The pools whose checks rest.
    var resting: Set<Int> = []
    /// Services of earlier configurations that are still to be removed, in order.
    var departing: [DepartingService] = []
    /// The checks that have not given a result since they are scheduled.
    var awaited: Set<ScheduledCheck> = []
    var orders = MaintenanceOrders()
    var outstanding = Outstanding.nothing
    /// The mirrors that something happened to, in order, and for each mirror whether it is among them.
    var touched: [Int] = []
    var isTouched: [Bool] = []
    /// Whether the table shall be read as soon as the kernel is free.
    var wantsReading = false
    var nextReading: MonotonicTime?
    var nextRetry: MonotonicTime?
    var nextReminder: MonotonicTime?
    var now = MonotonicTime(nanoseconds: 0)

    /// Makes a director that has not started.
    package init(_ configuration: DirectorConfiguration) {
        self.configuration = configuration
    }

    /// Starts, with the kernel's whole table as it was found.
    package mutating func started(with actual: Table, at now: MonotonicTime) -> [DirectorAction] {
        guard life == .created else { return [] }
        self.now = now
        life = .running
        nextReading = now + Self.readingInterval
        pools = configuration.virtualServers.map { ServerPool($0, since: now) }
        links = PoolLinks(pools)
        mirrors = links.keys.indices.map { ServiceMirror(links.keys[$0], reconciliation: reconciliation(of: $0)) }
        isTouched = Array(repeating: false, count: mirrors.count)
        var actions: [DirectorAction] = []
        for mirror in mirrors.indices {
            adopt(actual[mirrors[mirror].key], in: mirror)
            touch(mirror)
        }
        settings.want(configuration.settings)
        for event in settings.read(actual, at: now) { actions.append(.tellSetting(event)) }
        if configuration.settings.emptiesTableAtStart {
            for entry in actual.entries where links.place(of: entry.service.key) == nil {
                departing.append(
                    DepartingService(key: entry.service.key, virtual: VirtualServer(service: entry.service))
                )
            }
        }
        rest(&actions)
        for pool in pools.indices {
            maintain(pool, &actions)
            tell(pools[pool].turnServers(.start), of: pools[pool].virtual, &actions)
        }
        let checks = activeChecks
        awaited = Set(checks)
        proceed(&actions)
        // The table comes before the checks.
        let place = actions.firstIndex(of: .ready) ?? actions.endIndex
        actions.insert(.schedule(checks), at: place)
        return actions
    }

    /// Takes the result of a check for all its holders.
    package mutating func checked(
        _ check: ScheduledCheck,
        _ result: CheckResult,
        at now: MonotonicTime
    ) -> [DirectorAction] {
        guard life == .running, let holders = links.holders(of: check) else { return [] }
        self.now = now
        var actions: [DirectorAction] = []
        for holder in holders {
            if !resting.isEmpty, resting.contains(holder.pool) { continue }
            let (events, shift) = pools[holder.pool].count(result, of: holder.server, check: holder.check, at: now)
            if let shift { follow(shift, of: holder.pool) }
            if !events.isEmpty { tell(events, of: holder.server, check: holder.check, in: holder.pool, &actions) }
        }
        if !awaited.isEmpty, !result.isShortage { awaited.remove(check) }
        proceed(&actions)
        return actions
    }

    /// Whether a check has failed of late for one of its holders, but not often enough to be down.
    package func isFailing(_ check: ScheduledCheck) -> Bool {
        links.holders(of: check)?.contains { pools[$0.pool].members[$0.server].checks[$0.check].health.isFailing }
            ?? false
    }

    /// Takes the names of the files in the folder for maintenance, and the full names of addresses.
    package mutating func maintenance(
        files: Set<String>,
        names: [IPAddress: String],
        at now: MonotonicTime
    ) -> [DirectorAction] {
        self.now = now
        orders = MaintenanceOrders(files: files, names: names)
        guard life == .running else { return [] }
        var actions: [DirectorAction] = []
        for pool in pools.indices { maintain(pool, &actions) }
        proceed(&actions)
        return actions
    }

    /// Takes another configuration in the place of the one in force.
    ///
    /// What it does not change keeps its state, its connections and its checks.
    package mutating func reloaded(_ new: DirectorConfiguration, at now: MonotonicTime) -> [DirectorAction] {
        self.now = now
        guard life == .running else {
            if life == .created { configuration = new }
            return []
        }
        phase = .reloading
        isReady = false
        let former = links
        var actions = configure(new)
        let checks = activeChecks
        awaited = Set(checks.filter { awaited.contains($0) || former.holders(of: $0) == nil })
        actions.append(.schedule(checks))
        let waited = waitedFor(after: former)
        awaited.formUnion(waited)
        if !waited.isEmpty { actions.append(.hurry(waited)) }
        wantsReading = true
        proceed(&actions)
        return actions
    }
}
