import Addresses
import Failover
import Links
package import Time

// The beginning of the process, and mastership that is taken up again.

extension FailoverNode {
    /// The intervals for which mastership is taken up again: nobody takes over sooner than three of them after the last
    /// advertisement.
    private static let adoptedHalfIntervals = 5

    /// Begins.
    package mutating func start(_ facts: NodeFacts, at now: MonotonicTime) -> [NodeAction] {
        guard life == .created else { return [] }
        life = .running
        boot = facts.boot
        links = LinkTable(facts.links)
        links.delays = configuration.interfaceDelays
        for interface in links.interfaces.values { toldInterfaces[interface.state.name] = interface.isWell }
        announcer = Announcer(paces: configuration.paces)
        configure(configuration.routers.map(RouterMachine.init), at: now)
        let configured = allAddresses(of: configuration)
        departing = Set(facts.belongings.map(\.address)).subtracting(virtualAddresses)
        actions.append(.claim(configured + facts.belongings.filter { !configured.contains($0) }))
        noted = configured
        actions.append(.note(noted))
        actions.append(.want(staticWish, of: .statics))
        for place in routers.indices { prepare(place) }
        for place in routers.indices { evaluate(place, at: now) }
        for place in routers.indices { routers[place].hasBegun = true }

        let records = Dictionary(facts.records.map { ($0.digest, $0) }) { first, _ in first }
        let adopted = units.filter { unit in unit.allSatisfy { age(of: $0, records, at: now) != nil } }
        removeStale(facts, adopted: Set(adopted.joined()), records)
        for place in routers.indices { want(place) }
        openChannels(at: now)
        beginDelay(facts, at: now)
        for unit in adopted {
            guard let first = unit.first, let age = age(of: first, records, at: now) else { continue }
            for place in unit {
                routers[place].writer.resume(after: records[routers[place].record]?.headerSequence ?? 0)
            }
            becomeMaster(first, adopting: age, at: now)
        }
        beginAll(at: now)
        return finish(at: now)
    }

    /// The age of a router's last advertisement, if its mastership can be taken up: it was of this run of the machine, nobody
    /// can have taken over since, and nothing keeps it from being master.
    private func age(of place: Int, _ records: [UInt64: NodeRecord], at now: MonotonicTime) -> Duration? {
        let router = routers[place]
        guard router.reasons.isEmpty, let record = records[router.record], record.boot == boot, record.state == .master
        else { return nil }
        let age = now - record.lastAdvertisement
        let limit = router.settings.interval * Self.adoptedHalfIntervals / 2
        return age >= .zero && age < limit ? age : nil
    }

    /// Tells what was found of routers that are not master, and clears the records that mean nothing any more.
    ///
    /// What is found and not wanted is removed with the first wishes, before anything is sent.
    private mutating func removeStale(_ facts: NodeFacts, adopted: Set<Int>, _ records: [UInt64: NodeRecord]) {
        let found = Set(facts.links.addresses.map(\.address.address))
        for place in routers.indices where !adopted.contains(place) {
            let settings = routers[place].settings
            let count = (settings.addresses + settings.unadvertisedAddresses).count {
                found.contains($0.address.address)
            }
            guard count > 0 else { continue }
            tell(.removing(.addresses), of: place)
            tell(.removedStale(count: count), of: place)
            routers[place].mayBeLookedFor = true
        }
        let kept = Set(adopted.map { routers[$0].record })
        for record in facts.records where !kept.contains(record.digest) {
            actions.append(.clearRecord(digest: record.digest))
        }
        let configured = Set(allAddresses(of: configuration).map(\.address))
        let leftovers = facts.belongings.count { !configured.contains($0.address) && found.contains($0.address) }
        if leftovers > 0 { tell(.removedLeftovers(count: leftovers)) }
    }

    private mutating func beginDelay(_ facts: NodeFacts, at now: MonotonicTime) {
        let settings = configuration.settings
        var end = now + settings.startDelay
        if settings.bootDelay > .zero { end = max(end, facts.bootMoment + settings.bootDelay) }
        guard end > now else { return }
        delayEnd = end
        tell(.delayed(end - now))
    }

    // MARK: The configuration

    /// All addresses that come and go with routers.
    func allAddresses(of configuration: RouterSet) -> [LinkAddress] {
        var seen: Set<LinkAddress> = []
        return configuration.routers.flatMap { router -> [LinkAddress] in
            let prefix = configuration.settings.linkPrefix
            let wish = router.linkWish(
                isHeld: true,
                prefix: prefix,
                addressPrefix: configuration.settings.addressLinkPrefix ?? prefix,
                maker: configuration.settings.routeMaker
            )
            return wish.addresses.map(\.value).filter { seen.insert($0).inserted }
        }
    }

    /// What is there as long as the process runs.
    var staticWish: LinkWish {
        var wish = LinkWish()
        wish.addresses = configuration.addresses.map { LinkWish.Part($0.entry, isTracked: $0.isTracked) }
        wish.routes = configuration.routes.map { LinkWish.Part($0.entry, isTracked: $0.isTracked) }
        wish.rules = configuration.rules.map { LinkWish.Part($0.entry, isTracked: $0.isTracked) }
        return wish
    }

    /// Takes routers in the order of the configuration, with all that is looked up by it.
    mutating func configure(_ routers: [RouterMachine], at now: MonotonicTime) {
        replaceRouters(routers)
        virtualAddresses = Set(
            configuration.routers.flatMap { $0.addresses + $0.unadvertisedAddresses }.map(\.address.address)
        )
        owners = [:]
        for (place, router) in configuration.routers.enumerated() {
            for address in router.addresses + router.unadvertisedAddresses {
                owners[address.address.address, default: []].append(place)
            }
        }
        configureGroups()
        watchers = [:]
        dependents = [:]
        for place in self.routers.indices {
            let settings = self.routers[place].settings
            let group = self.routers[place].group.map { groups[$0].settings }
            self.routers[place].trackers = RouterTrackers(settings, group: group)
            for subject in self.routers[place].trackers.subjects {
                watchers[subject, default: []].append(place)
                if subject.kind == .interface { dependents[subject.name, default: []].append(place) }
            }
            for name in settings.interfacesOfItsOwn(prefix: configuration.settings.linkPrefix)
            where dependents[name]?.contains(place) != true {
                dependents[name, default: []].append(place)
            }
        }
        for subject in watchers.keys where subject.kind == .interface {
            values[subject] = links[subject.name]?.isWell == true ? .well : .unwell
        }
    }

    private mutating func configureGroups() {
        var taken: Set<Int> = []
        let old = Dictionary(groups.map { ($0.settings.name, $0.state) }) { first, _ in first }
        groups = []
        for settings in configuration.groups {
            // A member of two groups belongs to the first one.
            let members = settings.members.compactMap { places[$0] }.filter { taken.insert($0).inserted }
            guard !members.isEmpty else { continue }
            var group = GroupMachine(settings, members: members)
            group.state = old[settings.name] ?? .initial
            for place in members { routers[place].group = groups.count }
            groups.append(group)
        }
    }
}

extension VirtualRouter {
    /// The names of the interfaces that it stands on, and that which is made for it.
    func interfacesOfItsOwn(prefix: String) -> Set<String> {
        var names: Set<String> = []
        if let interface { names.insert(interface) }
        if let made = madeLink(prefix: prefix) { names.insert(made.name) }
        names.formUnion(interfacesBeside)
        return names
    }

    /// The interfaces besides its own whose fall takes something away that is tracked.
    var interfacesBeside: Set<String> {
        var names = Set((addresses + unadvertisedAddresses).lazy.filter(\.isTracked).map(\.address.interface))
        for route in routes where route.isTracked { names.formUnion(route.route.hops.compactMap(\.interface)) }
        if let interface { names.remove(interface) }
        switch link {
        case .macvlan(let settings): if let name = settings.name { names.remove(name) }
        case .ipvlan(let settings): if let name = settings.name { names.remove(name) }
        case nil: break
        }
        return names
    }
}
