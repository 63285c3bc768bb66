import Addresses
import Configuration
import Dialogues
import HealthChecks
import IPVS
import Time

/// The servers of a virtual server, what is believed of them, and what it therefore wants to stand in the kernel.
///
/// It is told results, orders, and what was found in the kernel; it never looks there itself. What becomes of its wishes
/// is the business of the mirrors of its services.
struct ServerPool: Sendable {
    /// How it is configured.
    let virtual: VirtualServer
    /// Its servers.
    private(set) var members: PoolMembers
    /// The servers by their endpoints, for each service in order.
    let indexes: [EndpointIndex]
    /// What was told to those who follow whether it and its servers are up; nil where nobody does.
    var turns: PoolTurns?
    /// Whether the kernel refuses all of its services, so that nobody is served whatever the checks say.
    var isRefused = false
    /// What was told of the standby last; nil while nothing was, or there is no command to be told.
    private(set) var standbyNeed: StandbyNeed?

    /// Makes a pool that nothing is known of.
    init(_ virtual: VirtualServer, since: MonotonicTime) {
        self.virtual = virtual
        members = PoolMembers(of: virtual, since: since)
        turns = virtual.tellsTurns ? PoolTurns(virtual) : nil
        indexes = virtual.services.map { service in
            EndpointIndex(virtual.realServers.lazy.map { $0.destination(in: service).endpoint })
        }
    }

    /// Makes a pool of another configuration, with all that is known of the servers that stay.
    ///
    /// - Parameters:
    ///   - former: the pool in whose place it comes; nil where there is none.
    ///   - found: the weight that stands in the kernel at an endpoint of one of its services; nil for nothing there.
    init(
        _ virtual: VirtualServer,
        after former: ServerPool?,
        at now: MonotonicTime,
        found: (_ service: Int, Endpoint) -> Int32?
    ) {
        self.init(virtual, since: now)
        standbyNeed = former?.standbyNeed
        isRefused = former?.isRefused ?? false
        let formerServers = former?.serversByIdentity ?? [:]
        for server in members.indices {
            let weights = virtual.services.indices.map { found($0, endpoint(of: server, in: $0)) ?? 0 }
            let identity = identity(of: server)
            _ = members.update(server) { pooled in
                if let former, let known = formerServers[identity] {
                    pooled.takeOver(former.members[known], found: weights)
                } else {
                    // One that is new here but stands in the table stays in service until its first verdict.
                    for (service, weight) in weights.enumerated() where weight > 0 {
                        pooled.adopt(weight, in: service, of: weights.count)
                    }
                }
            }
        }
        guard let former else { return }
        members.goOn(from: former.members)
        guard let told = former.turns else { return }
        let places = members.indices.map { formerServers[identity(of: $0)] }
        turns?.goOn(from: told) { places[$0] }
    }

    /// Makes a pool whose servers all pass their checks.
    init(healthy virtual: VirtualServer) {
        self.init(virtual, since: MonotonicTime(nanoseconds: 0))
        for server in members.indices { _ = members.update(server) { $0.assumePassed() } }
    }

    /// By what a server is known again under another configuration: as it is written, whatever its pool stands behind.
    struct Identity: Hashable {
        let address: IPAddress
        let port: UInt16?
    }

    private func identity(of server: Int) -> Identity {
        let real = members[server].real
        return Identity(address: real.address, port: real.port)
    }

    /// The servers as they are known again.
    var identities: Set<Identity> { Set(members.indices.map { identity(of: $0) }) }

    /// The servers that are not among those of another pool.
    func isMissing(_ server: Int, from identities: Set<Identity>) -> Bool { !identities.contains(identity(of: server)) }

    private var serversByIdentity: [Identity: Int] {
        var servers: [Identity: Int] = [:]
        servers.reserveCapacity(members.indices.count)
        for server in members.indices.reversed() { servers[identity(of: server)] = server }
        return servers
    }

    // MARK: Results

    /// Counts a result of one of a server's checks, as the check judges it.
    ///
    /// - Returns: what is to be told about it, and what it means for the wishes; nil for nothing.
    mutating func count(
        _ result: CheckResult,
        of server: Int,
        check: Int,
        at now: MonotonicTime
    ) -> (events: [ServerEvent], shift: PoolMembers.Shift?) {
        let result = members[server].checks[check].check.weightRule.judged(result)
        let isInMaintenance = members[server].isInMaintenance
        var events: [ServerEvent] = []
        if virtual.monitorFile != nil {
            events.append(isInMaintenance ? .checkedInMaintenance(result) : .checked(result))
        }
        if isInMaintenance {
            // The number of a file is not asked for again when the maintenance is over.
            if !members[server].checks[check].check.probe.isProbed {
                _ = members.update(server) { $0.count(result, of: check, at: now) }
            }
            return (events, nil)
        }
        let outlook = turns == nil ? nil : CheckOutlook(members[server], check: check)
        let (news, shift) = members.update(server) { $0.count(result, of: check, at: now) }
        if events.isEmpty { events = news } else { events += news }
        if let outlook { events += outlook.news(result, members[server]) }
        if let turn = turn(server, .running) { events.append(turn) }
        return (events, shift)
    }

    /// Keeps those servers in service that nothing is known of and that were found in one of the services.
    ///
    /// - Parameter found: the weight that was found at an endpoint; nil for nothing there.
    mutating func adopt(in service: Int, found: (Endpoint) -> Int32?) {
        for server in members.indices {
            guard let weight = found(endpoint(of: server, in: service)), weight > 0 else { continue }
            _ = members.update(server) { $0.adopt(weight, in: service, of: virtual.services.count) }
        }
    }

    // MARK: Orders

    /// Takes servers that orders name out of service, and lets the others be asked again.
    ///
    /// - Returns: the servers that this is news for, and what it means for the wishes.
    mutating func maintain(
        _ orders: MaintenanceOrders,
        at now: MonotonicTime
    ) -> [(server: RealServer, event: ServerEvent, shift: PoolMembers.Shift?)] {
        var news: [(server: RealServer, event: ServerEvent, shift: PoolMembers.Shift?)] = []
        for server in members.indices {
            let isNamed = orders.name(members[server].real)
            guard members[server].isInMaintenance != isNamed else { continue }
            let shift = members.update(server) { $0.maintain(isNamed, at: now) }.shift
            news.append((members[server].real, isNamed ? .maintenanceBegun : .maintenanceEnded, shift))
            if let turn = turn(server, .running) {
                news.append((members[server].real, turn, nil))
            }
        }
        return news
    }

    // MARK: What is to be told again, and of the standby

    /// Keeps that a server is down and has no place in the kernel, which nothing told but its first verdict.
    ///
    /// - Returns: whether that is to be told.
    mutating func expectReminder(of server: Int, at now: MonotonicTime) -> Bool {
        guard let mail = virtual.mail, members[server].reminderDue == nil else { return false }
        members.remind(of: server, at: mail.repetition.map { now + $0 })
        return true
    }

    /// Keeps, for what is to be told again, that a server's place in the kernel was changed.
    ///
    /// - Parameter isOut: whether it takes no connections there now.
    /// - Returns: when the first reminder of this change is due; nil where there is none.
    mutating func noteChange(
        at endpoint: Endpoint,
        in service: Int,
        isOut: Bool,
        at now: MonotonicTime
    ) -> MonotonicTime? {
        guard let repetition = virtual.mail?.repetition else { return nil }
        var due: MonotonicTime?
        for server in indexes[service].all(at: endpoint) {
            let isDown = isOut && members[server].isKnown && !members[server].isServing
            members.remind(of: server, at: isDown ? now + repetition : nil)
            if isDown { due = now + repetition }
        }
        return due
    }

    /// The reminders that servers are still down, as far as they are due.
    mutating func reminders(at now: MonotonicTime) -> [DirectorEvent.Matter] {
        guard let repetition = virtual.mail?.repetition else { return [] }
        var events: [DirectorEvent.Matter] = []
        for server in members.indices {
            guard let due = members[server].reminderDue, due <= now else { continue }
            members.remind(of: server, at: now + repetition)
            events.append(.server(members[server].real, .absent))
        }
        return events
    }

    /// When the next reminder is due.
    var nextReminder: MonotonicTime? {
        virtual.mail?.repetition == nil ? nil : members.indices.lazy.compactMap { members[$0].reminderDue }.min()
    }

    /// What is to be told of the standby now; nil for nothing, or where there is no command to be told.
    ///
    /// - Parameters:
    ///   - isServed: whether a server that shall take connections stands in the kernel, in each service.
    ///   - isStandbyStanding: whether the standby stands in one of them.
    mutating func standbyNeedDue(isServed: Bool, isStandbyStanding: Bool) -> StandbyNeed? {
        guard virtual.fallbackCommand != nil else { return nil }
        let need: StandbyNeed
        if !members.hasQuorum {
            need = .needed
        } else if isServed, !isStandbyStanding {
            need = .notNeeded
        } else {
            return nil
        }
        guard need != standbyNeed else { return nil }
        standbyNeed = need
        return need
    }

    /// Forgets what was told of the standby: another command is to be told from now on.
    mutating func forgetStandbyNeed() { standbyNeed = nil }
}
