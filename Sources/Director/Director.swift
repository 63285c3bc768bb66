package import Addresses
package import Configuration
package import Dialogues
package import HealthChecks
package import IPVS

/// What keeps the kernel's table as a configuration and the health of real servers want it.
///
/// It owns no clock, no socket and no kernel: it is told what happens, and says what to do. One thing at a time is asked
/// of the kernel; what is decided meanwhile follows after its answer. Whoever carries the actions out takes them in
/// order, those of an answer after those that were there before.
///
/// What it promises: a server that is not known to be healthy has no weight that it did not have before; a server known
/// to be dead has none once its change is carried out; a service has no empty moment while a healthy server or a
/// fallback exists; services of others are never touched; what does not change gets no command.
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
    /// The time until what failed is tried again; it doubles each time.
    static let firstRetry = Duration.seconds(1)
    /// The longest time until what failed is tried again.
    static let longestRetry = Duration.seconds(30)
    /// The least time between two looks for mails to be repeated.
    static let mailLook = Duration.seconds(1)
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
        case changes([PlannedChange])
    }

    /// A server that a check's results count for.
    struct Holder: Hashable, Sendable {
        var service: Int
        var server: Int
    }

    /// The configuration in force.
    package internal(set) var configuration: DirectorConfiguration
    var life = Life.created
    var phase = DirectorPhase.starting
    var isReady = false
    /// The virtual servers in the order of the configuration.
    var services: [DirectedService] = []
    var indexByKey: [ServiceKey: Int] = [:]
    /// Virtual servers of earlier configurations that are still to be removed, in order.
    var departing: [DirectedService] = []
    var holders: [ScheduledCheck: [Holder]] = [:]
    /// The checks that have not given a result since they are scheduled.
    var awaited: Set<ScheduledCheck> = []
    var orders = MaintenanceOrders()
    var outstanding = Outstanding.nothing
    /// The services that something happened to, in order, and whether a service is among them.
    var touched: [Int] = []
    var isTouched: [Bool] = []
    /// Whether the table shall be read as soon as the kernel is free.
    var wantsReading = false
    var nextReading: MonotonicTime?
    var nextRetry: MonotonicTime?
    var nextMail: MonotonicTime?
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
        services = configuration.virtualServers.map { DirectedService($0, since: now) }
        index()
        var actions: [DirectorAction] = []
        for index in services.indices {
            services[index].adopt(actual[services[index].key])
            services[index].judgeUnasked(at: now)
            tell(services[index].maintain(orders, at: now), of: services[index].virtual, &actions)
            touch(index)
        }
        let checks = scheduledChecks
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
        guard life == .running, let held = holders[check] else { return [] }
        self.now = now
        var actions: [DirectorAction] = []
        for holder in held {
            let events = services[holder.service].checked(holder.server, result, at: now)
            tell(events, of: services[holder.service].virtual, &actions)
            if let due = services[holder.service].servers[holder.server].mailDue {
                nextMail = min(nextMail ?? due, due)
            }
            if !services[holder.service].dirty.isEmpty { touch(holder.service) }
        }
        if !awaited.isEmpty, !result.isShortage { awaited.remove(check) }
        proceed(&actions)
        return actions
    }

    /// Whether a check has failed of late for one of its holders, but not often enough to be down.
    package func isFailing(_ check: ScheduledCheck) -> Bool {
        holders[check]?.contains { services[$0.service].servers[$0.server].health.isFailing } ?? false
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
        for index in services.indices {
            tell(services[index].maintain(orders, at: now), of: services[index].virtual, &actions)
            if !services[index].dirty.isEmpty { touch(index) }
        }
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
        var actions = configure(new)
        let former = Set(holders.keys)
        index()
        let checks = scheduledChecks
        awaited = Set(checks.filter { awaited.contains($0) || !former.contains($0) })
        actions.append(.schedule(checks))
        wantsReading = true
        proceed(&actions)
        return actions
    }

    /// Puts the services of another configuration in the place of those in force.
    ///
    /// - Returns: what is to be told of those that are no longer there, and of servers in maintenance.
    private mutating func configure(_ new: DirectorConfiguration) -> [DirectorAction] {
        configuration = new
        var actions: [DirectorAction] = []
        let wanted = Set(new.virtualServers.map(\.service.key))
        var former: [ServiceKey: DirectedService] = [:]
        for service in services {
            former[service.key] = service
            guard !wanted.contains(service.key) else { continue }
            if service.standbyNeed == .needed { tell([.standby(.notNeeded)], of: service.virtual, &actions) }
            if service.isRead { departing.append(service) }
        }
        departing.removeAll { wanted.contains($0.key) }
        services = []
        for virtual in new.virtualServers {
            if let known = former[virtual.service.key] {
                let (service, endsCommand) = known.reconfigured(virtual, at: now)
                services.append(service)
                if endsCommand { tell([.standby(.notNeeded)], of: known.virtual, &actions) }
            } else {
                services.append(DirectedService(virtual, since: now))
            }
            services[services.count - 1].judgeUnasked(at: now)
            tell(services[services.count - 1].maintain(orders, at: now), of: virtual, &actions)
        }
        return actions
    }

    /// Finds services by key and holders by check, and looks at all services again.
    private mutating func index() {
        indexByKey = [:]
        holders = [:]
        touched = []
        isTouched = Array(repeating: false, count: services.count)
        for (index, service) in services.enumerated() {
            indexByKey[service.key] = index
            for (place, server) in service.servers.enumerated() {
                guard let scheduled = server.scheduled else { continue }
                holders[scheduled, default: []].append(Holder(service: index, server: place))
            }
            touch(index)
        }
    }

    /// The checks to be made, each once, in the order of the configuration.
    private var scheduledChecks: [ScheduledCheck] {
        var seen: Set<ScheduledCheck> = []
        var checks: [ScheduledCheck] = []
        for service in services {
            for case let scheduled? in service.servers.lazy.map(\.scheduled) where seen.insert(scheduled).inserted {
                checks.append(scheduled)
            }
        }
        return checks
    }

    /// Has events of a virtual server told, in order.
    func tell(_ events: [DirectorEvent.Matter], of service: VirtualServer, _ actions: inout [DirectorAction]) {
        for event in events { actions.append(.tell(DirectorEvent(event, of: service, in: phase))) }
    }

    /// Notes that something happened to a service.
    mutating func touch(_ index: Int) {
        guard !isTouched[index] else { return }
        isTouched[index] = true
        touched.append(index)
    }
}
