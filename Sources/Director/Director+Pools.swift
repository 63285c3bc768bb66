import Addresses
import Configuration
import HealthChecks
import IPVS

// How pools and mirrors hear of each other.

extension Director {
    /// What the pools behind a service want of it.
    func wish(of mirror: Int) -> ServiceWish { links.wish(of: mirror, pools) }

    /// What is done when others change a service: as its first pool wants it.
    func reconciliation(of mirror: Int) -> Reconciliation {
        pools[links.contributions[mirror][0].pool].virtual.reconciliation
    }

    /// Notes that something happened to a service.
    mutating func touch(_ mirror: Int) {
        guard !isTouched[mirror] else { return }
        isTouched[mirror] = true
        touched.append(mirror)
    }

    /// Lets the services of a pool follow what it wants since something else is believed of a server.
    mutating func follow(_ shift: PoolMembers.Shift, of pool: Int) {
        for (service, mirror) in links.services[pool].enumerated() {
            let wish = wish(of: mirror)
            let endpoint = pools[pool].endpoint(of: shift.server, in: service)
            mirrors[mirror].note(endpoint, concernsWaiting: shift.concernsWaiting, wish)
            if shift.turnsOthers { mirrors[mirror].noteAll(wish) }
            touch(mirror)
        }
    }

    /// Takes what the kernel has of a service for the director's own work, and lets pools keep what serves there.
    mutating func adopt(_ entry: Table.Entry?, in place: Int) {
        mirrors[place].adopt(entry)
        let mirror = mirrors[place]
        for contribution in links.contributions[place] {
            let pool = contribution.pool
            let hadQuorum = pools[pool].members.hasQuorum
            pools[pool].adopt(in: contribution.service) { mirror.weight(at: $0) }
            guard hadQuorum != pools[pool].members.hasQuorum else { continue }
            for other in links.services[pool] where other != place {
                mirrors[other].noteAll(wish(of: other))
                touch(other)
            }
        }
        mirrors[place].settle(wish(of: place))
    }

    /// Takes servers of a pool that orders name out of service, and lets the others be asked again.
    mutating func maintain(_ pool: Int, _ actions: inout [DirectorAction]) {
        for news in pools[pool].maintain(orders, at: now) {
            tell([.server(news.server, news.event)], of: pools[pool].virtual, &actions)
            if let shift = news.shift { follow(shift, of: pool) }
        }
    }

    /// Puts the pools of another configuration in the place of those in force.
    ///
    /// - Returns: what is to be told of those that are no longer there, and of servers in maintenance.
    mutating func configure(_ new: DirectorConfiguration) -> [DirectorAction] {
        let (formerPools, formerMirrors, formerLinks) = (pools, mirrors, links)
        configuration = new
        var actions: [DirectorAction] = []
        let matches = PoolMatches(new.virtualServers, to: formerPools, formerLinks)
        for pool in matches.gone { tell(formerPools[pool].ends(.poolRemoval), of: formerPools[pool].virtual, &actions) }
        for pool in matches.gone where formerPools[pool].standbyNeed == .needed {
            tell([.standby(.notNeeded)], of: formerPools[pool].virtual, &actions)
        }
        pools = new.virtualServers.enumerated().map { place, virtual in
            let former = matches.former[place].map { formerPools[$0] }
            return ServerPool(virtual, after: former, at: now) { service, endpoint in
                formerLinks.place(of: virtual.services[service].key).flatMap { formerMirrors[$0].weight(at: endpoint) }
            }
        }
        links = PoolLinks(pools)
        settings.want(new.settings)
        resting = Set(pools.indices.filter { matches.former[$0].map(resting.contains) ?? false })
        rest(&actions)
        for pool in pools.indices {
            tellTurns(of: pool, after: matches.former[pool].map { formerPools[$0] }, &actions)
            if let former = matches.former[pool] { endCommand(of: formerPools[former], for: pool, &actions) }
        }
        for (place, key) in formerLinks.keys.enumerated()
        where links.place(of: key) == nil && formerMirrors[place].isRead {
            let first = formerLinks.contributions[place][0].pool
            departing.append(DepartingService(key: key, virtual: formerPools[first].virtual))
        }
        departing.removeAll { links.place(of: $0.key) != nil }
        mirrors = links.keys.indices.map { place in
            let (key, reconciliation) = (links.keys[place], reconciliation(of: place))
            guard let former = formerLinks.place(of: key) else {
                return ServiceMirror(key, reconciliation: reconciliation)
            }
            return formerMirrors[former].reconfigured(reconciliation, wish(of: place))
        }
        touched = Array(mirrors.indices)
        isTouched = Array(repeating: true, count: mirrors.count)
        for pool in pools.indices { maintain(pool, &actions) }
        return actions
    }

    /// The checks that were made under a former configuration and go on, and that a server waits for which has no verdict: their
    /// next turn may be a whole interval away.
    func waitedFor(after former: PoolLinks) -> [ScheduledCheck] {
        var checks: [ScheduledCheck] = []
        var known: Set<ScheduledCheck> = []
        for place in pools.indices where pools[place].members.unknownCount > 0 && !resting.contains(place) {
            for server in pools[place].members.indices where !pools[place].members[server].isKnown {
                for record in pools[place].members[server].checks where record.asks && !record.health.belief.isKnown {
                    let check = record.scheduled
                    guard former.holders(of: check) != nil, known.insert(check).inserted else { continue }
                    checks.append(check)
                }
            }
        }
        return checks
    }

    /// Tells a command that no longer is a pool's that the standby is not needed.
    private mutating func endCommand(of former: ServerPool, for pool: Int, _ actions: inout [DirectorAction]) {
        guard former.standbyNeed == .needed,
            former.virtual.fallbackCommand != pools[pool].virtual.fallbackCommand
        else { return }
        tell([.standby(.notNeeded)], of: former.virtual, &actions)
        pools[pool].forgetStandbyNeed()
    }

    // MARK: What is told

    /// Has events of a pool told, in order.
    ///
    /// It changes nothing, and is mutating all the same: otherwise the director would be copied with all of its pools before
    /// arguments are worked out that change it.
    mutating func tell(_ events: [DirectorEvent.Matter], of virtual: VirtualServer, _ actions: inout [DirectorAction]) {
        for event in events { actions.append(.tell(DirectorEvent(event, of: virtual, in: phase))) }
    }

    /// Has told what another configuration makes of servers and quorum, first of servers that it no longer has.
    private mutating func tellTurns(of pool: Int, after former: ServerPool?, _ actions: inout [DirectorAction]) {
        if let former, former.turns != nil {
            let present = pools[pool].identities
            let ends = former.ends(.removal, isWhole: false) { former.isMissing($0, from: present) }
            tell(ends, of: former.virtual, &actions)
        }
        tell(pools[pool].turnServers(.reload), of: pools[pool].virtual, &actions)
        tellQuorum(of: pool, .reload, &actions)
    }

    /// Has told that the quorum of a pool was gained or lost.
    mutating func tellQuorum(of pool: Int, _ occasion: Occasion, _ actions: inout [DirectorAction]) {
        guard let turn = pools[pool].turnQuorum(occasion) else { return }
        tell([turn], of: pools[pool].virtual, &actions)
    }

    /// Has told what it means to the pools of a service whether the kernel refuses it.
    mutating func followRefusal(of key: ServiceKey, _ actions: inout [DirectorAction]) {
        guard let place = links.place(of: key) else { return }
        for contribution in links.contributions[place] where pools[contribution.pool].turns != nil {
            let isRefused = links.services[contribution.pool].allSatisfy { mirrors[$0].isRefused }
            let news = pools[contribution.pool].refuse(isRefused)
            if !news.isEmpty { tell(news, of: pools[contribution.pool].virtual, &actions) }
        }
    }

    /// Has events of a server told, and that it is down where no change of the table will tell.
    mutating func tell(
        _ events: [ServerEvent],
        of server: Int,
        check: Int,
        in pool: Int,
        _ actions: inout [DirectorAction]
    ) {
        let (virtual, real) = (pools[pool].virtual, pools[pool].members[server].real)
        for event in events {
            actions.append(.tell(DirectorEvent(.server(real, event), of: virtual, in: phase, check: check)))
        }
        let isDown = events.contains { if case .down = $0 { true } else { false } }
        if isDown, isAbsent(server, of: pool), pools[pool].expectReminder(of: server, at: now) {
            tell([.server(real, .absent)], of: virtual, &actions)
        }
        if let due = pools[pool].members[server].reminderDue { nextReminder = min(nextReminder ?? due, due) }
    }

    /// Whether a server is known to have no weight in the kernel.
    private func isAbsent(_ server: Int, of pool: Int) -> Bool {
        links.services[pool].enumerated().allSatisfy { service, mirror in
            let endpoint = pools[pool].endpoint(of: server, in: service)
            return mirrors[mirror].isRead && (mirrors[mirror].weight(at: endpoint) ?? 0) == 0
        }
    }

    /// Has the need for the standby of a pool told where it changed, as far as a command is to be told.
    mutating func tellStandbyNeed(of pool: Int, _ actions: inout [DirectorAction]) {
        guard pools[pool].virtual.fallbackCommand != nil else { return }
        guard let (isServed, isStandbyStanding) = standing(of: pool),
            let need = pools[pool].standbyNeedDue(isServed: isServed, isStandbyStanding: isStandbyStanding)
        else { return }
        tell([.standby(need)], of: pools[pool].virtual, &actions)
    }

    /// Whether somebody of a pool stands in each of its services, and whether its standby stands in one; nil before all
    /// were read.
    private func standing(of pool: Int) -> (isServed: Bool, isStandbyStanding: Bool)? {
        var isServed = true
        for (service, place) in links.services[pool].enumerated() {
            let mirror = mirrors[place]
            guard mirror.isRead else { return nil }
            isServed = isServed && mirror.isServed(ServiceWish(.init(pool: pools[pool], service: service)))
        }
        return (isServed, isStandbyStanding(of: pool))
    }

    /// Whether the standby of a pool stands in one of its services, and not a server at the same endpoint.
    func isStandbyStanding(of pool: Int) -> Bool {
        links.services[pool].enumerated().contains { service, place in
            mirrors[place].isStandbyStanding(ServiceWish(.init(pool: pools[pool], service: service)))
        }
    }
}
