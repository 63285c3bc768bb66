import Addresses
package import Failover
import Links
package import Time

// Another configuration in the place of the one in force.

extension FailoverNode {
    /// What peers and the kernel know a router by.
    private struct Identity: Hashable {
        var routerID: UInt8
        var family: AddressFamily
        var interface: String?
        var isUnicast: Bool

        init(_ router: VirtualRouter) {
            routerID = router.routerID
            family = router.family
            interface = router.interface
            isUnicast = router.isUnicast
        }
    }

    /// Puts another configuration into force: what it does not change is not touched, not even by an advertisement.
    package mutating func reconfigure(_ configuration: RouterSet, at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else {
            self.configuration = configuration
            return []
        }
        tell(.reloading)
        if configuration != self.configuration { put(configuration, at: now) }
        tell(.reloaded)
        return finish(at: now)
    }

    private mutating func put(_ new: RouterSet, at now: MonotonicTime) {
        let (old, oldGroups, oldStatics) = (configuration, groups, staticWish)
        let predecessors = match(new.routers)
        removeRouters(but: Set(predecessors.compactMap { $0 }), at: now)
        let wishes = routers.indices.map { wish(of: $0) }
        let subjects = routers.indices.map { announcementSubject(of: $0) }
        let before = routers

        configuration = new
        links.delays = new.interfaceDelays
        let machines = zip(new.routers, predecessors).map { settings, predecessor -> RouterMachine in
            guard let predecessor else { return RouterMachine(settings) }
            var machine = before[predecessor]
            machine.group = nil
            if machine.settings != settings { machine.change(to: settings, grace: new.settings.grace, at: now) }
            return machine
        }
        let oldAddresses = virtualAddresses
        configure(machines, at: now)
        departing.formUnion(oldAddresses.filter { links.hasAddress($0) })
        departing.subtract(virtualAddresses)
        claimNew(since: old)
        announcer.setPaces(new.paces, at: now)
        if staticWish != oldStatics { actions.append(.want(staticWish, of: .statics)) }
        for place in routers.indices { prepare(place) }
        for place in routers.indices {
            guard let predecessor = predecessors[place] else {
                evaluate(place, at: now)
                routers[place].hasBegun = true
                want(place)
                continue
            }
            adapt(place, from: before[predecessor], wish: wishes[predecessor], subject: subjects[predecessor], at: now)
        }
        openChannels(at: now)
        for group in oldGroups where !groups.contains(where: { $0.settings.name == group.settings.name }) {
            actions.append(.tell(.group(group.settings.name, .deleted, state: group.state)))
        }
        for unit in units {
            settle(unit, at: now)
            unite(unit, at: now)
        }
    }

    /// The place of each router's predecessor: the one of its name where peers know both by the same, else the one that they know
    /// by the same, else the one of its name that stands on the same interface.
    private func match(_ new: [VirtualRouter]) -> [Int?] {
        var matched = [Int?](repeating: nil, count: new.count)
        var free = Set(routers.indices)
        var byIdentity: [Identity: [Int]] = [:]
        for place in routers.indices { byIdentity[Identity(routers[place].settings), default: []].append(place) }
        func take(_ index: Int, _ place: Int) {
            matched[index] = place
            free.remove(place)
        }
        for (index, router) in new.enumerated() {
            guard let place = places[router.name], Identity(router) == Identity(routers[place].settings) else {
                continue
            }
            take(index, place)
        }
        for (index, router) in new.enumerated() where matched[index] == nil {
            if let place = byIdentity[Identity(router)]?.first(where: free.contains) { take(index, place) }
        }
        for (index, router) in new.enumerated() where matched[index] == nil {
            guard let place = places[router.name], free.contains(place) else { continue }
            let old = routers[place].settings
            if old.family == router.family, old.interface == router.interface { take(index, place) }
        }
        return matched
    }

    /// Takes routers out that the new configuration has not; those of all that leave are told first.
    private mutating func removeRouters(but kept: Set<Int>, at now: MonotonicTime) {
        let removed = routers.indices.filter { !kept.contains($0) }
        let masters = removed.filter { routers[$0].state == .master && routers[$0].canSend }
        for turn in 0..<2 {
            for place in masters {
                send(place, priority: 0, at: now)
                if turn == 0 { tell(.sentPriorityZero, of: place) }
            }
        }
        for place in removed {
            let settings = routers[place].settings
            if routers[place].state == .master, !settings.addresses.isEmpty { tell(.removing(.addresses), of: place) }
            routers[place].state = .initial
            announcer.end(settings.name)
            actions.append(.want(LinkWish(), of: .router(settings.name)))
            actions.append(.clearRecord(digest: routers[place].record))
            tell(.deleted, of: place)
        }
    }

    /// Claims addresses that are configured now and were not before, and notes all of them.
    private mutating func claimNew(since old: RouterSet) {
        let configured = allAddresses(of: configuration)
        guard configured != noted else { return }
        let known = Set(noted)
        let new = configured.filter { !known.contains($0) }
        if !new.isEmpty { actions.append(.claim(new)) }
        noted = configured
        actions.append(.note(configured))
    }

    /// Lets a router that goes on do what its new configuration makes different.
    private mutating func adapt(
        _ place: Int,
        from old: RouterMachine,
        wish oldWish: LinkWish,
        subject oldSubject: AnnouncementSubject,
        at now: MonotonicTime
    ) {
        let settings = routers[place].settings
        if settings.name != old.settings.name {
            actions.append(.want(wish(of: place), of: .router(settings.name)))
            actions.append(.want(LinkWish(), of: .router(old.settings.name)))
            announcer.end(old.settings.name)
            if routers[place].state == .master { beginAnnouncing(place, at: now) }
        } else if wish(of: place) != oldWish {
            tellDifference(place, from: old.settings)
            want(place)
        }
        if settings.name == old.settings.name, routers[place].state == .master {
            let subject = announcementSubject(of: place)
            if subject != oldSubject {
                announcer.changed(subject, at: now)
                let known = Set(oldSubject.addresses)
                let there = subject.addresses.filter { !known.contains($0) && isThere($0) }
                announcer.appeared(there, of: settings.name, at: now)
            }
        }
        if routers[place].record != old.record {
            actions.append(.clearRecord(digest: old.record))
            record(place, at: now)
        }
        let isLowered = settings.priority < old.settings.priority
        evaluate(place, at: now)
        // Who is known to come next gets it at once, and not when its time has run out.
        if isLowered, routers[place].state == .master, let rival = routers[place].rival,
            rival.priority > routers[place].priority, rival.priority <= old.priority
        {
            leave(place, for: .backup, telling: unit(of: place), at: now)
            for member in unit(of: place) { routers[member].expectSuccessor(at: now) }
        }
    }

    private mutating func tellDifference(_ place: Int, from old: VirtualRouter) {
        guard routers[place].state == .master else { return }
        let new = routers[place].settings
        if !Set(old.addresses).isSubset(of: new.addresses) { tell(.removing(.addresses), of: place) }
        if !Set(new.addresses).isSubset(of: old.addresses) { tell(.setting(.addresses), of: place) }
        if !Set(old.unadvertisedAddresses).isSubset(of: new.unadvertisedAddresses) {
            tell(.removing(.unadvertisedAddresses), of: place)
        }
        if !Set(new.unadvertisedAddresses).isSubset(of: old.unadvertisedAddresses) {
            tell(.setting(.unadvertisedAddresses), of: place)
        }
    }

    /// Brings routers that were put into one group into one state.
    private mutating func unite(_ unit: [Int], at now: MonotonicTime) {
        guard let first = unit.first, let group = routers[first].group else { return }
        let masters = unit.filter { routers[$0].state == .master }
        if masters.count == unit.count {
            groups[group].state = .master
        } else if let master = masters.first {
            leave(master, for: .backup, telling: masters, at: now)
        } else if groups[group].state == .initial {
            groups[group].state = routers[first].state
        }
    }
}
