import Failover
import Links
import Time

// The ways of routers and groups from state to state.

extension FailoverNode {
    /// The members of a router's group in the order of the file, or the router alone.
    func unit(of place: Int) -> [Int] {
        routers[place].group.map { groups[$0].members } ?? [place]
    }

    /// All routers, those of a group together.
    var units: [[Int]] {
        routers.indices.compactMap { place in
            guard let group = routers[place].group else { return [place] }
            return groups[group].members.first == place ? groups[group].members : nil
        }
    }

    // MARK: The beginning

    /// Lets all routers that have not begun do so.
    mutating func beginAll(at now: MonotonicTime) {
        for unit in units { settle(unit, at: now) }
    }

    /// Brings the routers of a unit into the state that their reasons make, where it is another one.
    mutating func settle(_ unit: [Int], at now: MonotonicTime) {
        guard life == .running, let first = unit.first else { return }
        if let faulty = unit.first(where: { !routers[$0].reasons.isEmpty }) {
            guard delayEnd == nil || unit.contains(where: { routers[$0].state != .initial }) else { return }
            if unit.contains(where: { routers[$0].state != .fault }) {
                leave(faulty, for: .fault, telling: unit, at: now)
            }
            return
        }
        guard unit.contains(where: { routers[$0].state == .initial || routers[$0].state == .fault }) else { return }
        guard delayEnd == nil, !unit.contains(where: { routers[$0].awaitsTrackers && routers[$0].state == .initial })
        else { return }
        if unit.allSatisfy({ routers[$0].beginsAsMaster }) {
            becomeMaster(first, at: now)
        } else {
            leave(first, for: .backup, telling: [], at: now)
        }
    }

    // MARK: Mastership

    /// Makes a router master, and the other members of its group after it.
    ///
    /// - Parameter age: the time since the last advertisement of the process before, whose mastership is taken up.
    mutating func becomeMaster(_ first: Int, adopting age: Duration? = nil, at now: MonotonicTime) {
        takeOver(first, adopting: age, at: now)
        guard let group = routers[first].group else { return }
        tell(.synchronising(.master), ofGroup: group)
        for place in groups[group].members where place != first { takeOver(place, adopting: age, at: now) }
        groups[group].state = .master
        tell(.entered(.master), ofGroup: group)
    }

    private mutating func takeOver(_ place: Int, adopting age: Duration?, at now: MonotonicTime) {
        guard routers[place].state != .master else { return }
        touch(place)
        if let age { tell(.adopted(age: age), of: place) }
        tell(.entering(.master, isFirst: routers[place].state == .initial), of: place)
        routers[place].becomeMaster(at: now, into: &actions)
        send(place, at: now)
        let settings = routers[place].settings
        if !settings.addresses.isEmpty { tell(.setting(.addresses), of: place) }
        if !settings.unadvertisedAddresses.isEmpty { tell(.setting(.unadvertisedAddresses), of: place) }
        if !settings.routes.isEmpty { tell(.setting(.routes), of: place) }
        if !settings.rules.isEmpty { tell(.setting(.rules), of: place) }
        want(place)
        beginAnnouncing(place, at: now)
        tell(.entered(.master), of: place)
    }

    /// Brings a router out of mastership, fault or its beginning, and the other members of its group with it.
    ///
    /// All that are told, are told before the first address goes, so that no peer's time is lost with the removal.
    ///
    /// - Parameters:
    ///   - state: backup or fault.
    ///   - told: the routers whose peers are told that they leave; those alone which are master, and can send.
    ///   - times: how often they are told.
    mutating func leave(
        _ first: Int,
        for state: RouterState,
        telling told: [Int],
        times: Int = 2,
        at now: MonotonicTime
    ) {
        let masters = told.filter { routers[$0].state == .master && routers[$0].canSend }
        for turn in 0..<times {
            for place in masters {
                send(place, priority: 0, at: now)
                if turn == 0 { tell(.sentPriorityZero, of: place) }
            }
        }
        guard let group = routers[first].group else { return step(first, to: state, at: now) }
        // At the start the group is told before its members, later after them (measured).
        let isFirst = groups[group].state == .initial
        groups[group].state = state
        if isFirst { tell(.entered(state), ofGroup: group) }
        step(first, to: state, at: now)
        let others = groups[group].members.filter { $0 != first && routers[$0].state != state }
        if !others.isEmpty, !isFirst { tell(.synchronising(state), ofGroup: group) }
        for place in others { step(place, to: state, at: now) }
        if !isFirst { tell(.entered(state), ofGroup: group) }
    }

    private mutating func step(_ place: Int, to state: RouterState, at now: MonotonicTime) {
        let old = routers[place].state
        guard old != state else { return }
        touch(place)
        tell(.entering(state, isFirst: old == .initial), of: place)
        routers[place].leave(for: state, at: now, into: &actions)
        if old == .master {
            announcer.end(routers[place].settings.name)
            let settings = routers[place].settings
            if !settings.rules.isEmpty { tell(.removing(.rules), of: place) }
            if !settings.routes.isEmpty { tell(.removing(.routes), of: place) }
            if !settings.addresses.isEmpty { tell(.removing(.addresses), of: place) }
            if !settings.unadvertisedAddresses.isEmpty { tell(.removing(.unadvertisedAddresses), of: place) }
            want(place)
            record(place, at: now)
        }
        if old == .fault, state == .backup { announceSource(of: place) }
        tell(.entered(state), of: place)
    }

    // MARK: What leaves the machine

    /// Sends an advertisement of a router, and records it.
    mutating func send(_ place: Int, priority: UInt8? = nil, at now: MonotonicTime) {
        touch(place)
        routers[place].send(
            priority: priority,
            clock: wallClock + .nanoseconds(now.nanoseconds),
            at: now,
            into: &actions
        )
        if priority != 0, routers[place].state == .master { record(place, at: now) }
    }

    /// Writes the record of a router as it is now.
    mutating func record(_ place: Int, at now: MonotonicTime) {
        let record = NodeRecord(
            digest: routers[place].record,
            boot: boot,
            state: routers[place].state,
            lastAdvertisement: routers[place].lastSent ?? now,
            headerSequence: routers[place].writer.headerSequence
        )
        actions.append(.record(record))
    }

    /// Lets the kernel have what a router wants in its state.
    mutating func want(_ place: Int) {
        actions.append(.want(wish(of: place), of: .router(routers[place].settings.name)))
    }

    /// What a router wants in its state.
    func wish(of place: Int) -> LinkWish {
        wish(of: place, isHeld: routers[place].state == .master)
    }

    /// What a router wants as master, or else.
    func wish(of place: Int, isHeld: Bool) -> LinkWish {
        let settings = configuration.settings
        return routers[place].settings.linkWish(
            isHeld: isHeld,
            prefix: settings.linkPrefix,
            addressPrefix: settings.addressLinkPrefix ?? settings.linkPrefix,
            maker: settings.routeMaker
        )
    }
}
