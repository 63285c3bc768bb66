import Addresses
import Failover
package import Links
package import Time

// Interfaces and addresses of the machine, and what the mirror of the kernel tells.

extension FailoverNode {
    /// Takes a change that the kernel told of, whoever made it.
    package mutating func changed(_ subject: LinkChange.Subject, at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else { return [] }
        switch subject {
        case .interface(let state):
            let isNew = links.interfaces[state.index] == nil
            if isNew { tell(.interfaceCame(state.name)) }
            for name in links.take(state, at: now).sorted() { interfaceChanged(name, at: now) }
        case .interfaceGone(let state):
            if let name = links.remove(state.index) {
                tell(.interfaceWent(name))
                interfaceChanged(name, at: now)
            }
        case .address(let state):
            let address = state.address.address
            if let name = links.add(address, to: state.interface) {
                addressesChanged(address, on: name, came: true, at: now)
            }
        case .addressGone(let state):
            let address = state.address.address
            if let name = links.remove(address, from: state.interface) {
                addressesChanged(address, on: name, came: false, at: now)
            }
        case .route, .routeGone, .rule, .ruleGone, .overrun: break
        }
        return finish(at: now)
    }

    /// Takes all that there is, after changes were lost.
    package mutating func looked(_ snapshot: LinksSnapshot, at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else { return [] }
        var actions: NodeActions = []
        let present = Set(snapshot.interfaces.map(\.index))
        for interface in links.interfaces.values.sorted(by: { $0.state.index < $1.state.index })
        where !present.contains(interface.state.index) {
            actions += changed(.interfaceGone(interface.state), at: now)
        }
        for state in snapshot.interfaces { actions += changed(.interface(state), at: now) }
        var addresses: [UInt32: [AddressState]] = [:]
        for state in snapshot.addresses { addresses[state.interface, default: []].append(state) }
        for interface in links.interfaces.values.sorted(by: { $0.state.index < $1.state.index }) {
            let there = Set(addresses[interface.state.index, default: []].map(\.address.address))
            for address in interface.addresses where !there.contains(address) {
                let gone = AddressState(
                    LinkAddress(address, on: interface.state.name),
                    interface: interface.state.index
                )
                actions += changed(.addressGone(gone), at: now)
            }
        }
        for state in snapshot.addresses { actions += changed(.address(state), at: now) }
        return actions
    }

    /// Takes what the mirror of the kernel tells of something that is wanted.
    package mutating func told(_ event: LinkEvent, at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else { return [] }
        switch event {
        case .taken(let entries, from: .router(let name), by: let cause):
            if let place = places[name] { taken(place, entries, by: cause, at: now) }
        case .restored(.router(let name), let duration):
            guard let place = places[name] else { break }
            tell(.putBack(after: duration), of: place)
        case .settled(.router(let name), let duration):
            guard let place = places[name], routers[place].state == .master else { break }
            routers[place].isSettled = true
            let settings = routers[place].settings
            tell(
                .active(addresses: settings.addresses.count + settings.unadvertisedAddresses.count, after: duration),
                of: place
            )
        case .failed(let entry, .router(let name), let error):
            if let place = places[name] { notSet(place, entry, error, at: now) }
        case .failed(let entry, of: .statics, _): lost(entry, at: now)
        case .made(let wanted, of: .router(let router), let state):
            if let place = places[router] { made(place, wanted, state, at: now) }
        case .taken, .restored, .settled, .failed, .made, .swept: break
        }
        return finish(at: now)
    }

    /// Takes the interface that was made for a router, whose name in the kernel may be another one.
    private mutating func made(_ place: Int, _ wanted: String, _ state: InterfaceState, at now: MonotonicTime) {
        if state.name != wanted { tell(.linkNamed(wanted, as: state.name), of: place) }
        guard routers[place].settings.madeLink(prefix: configuration.settings.linkPrefix)?.name == wanted else {
            return
        }
        routers[place].linkName = state.name
        if dependents[state.name]?.contains(place) != true { dependents[state.name, default: []].append(place) }
        _ = links.take(state, at: now)
        prepare(place)
    }

    // MARK: Interfaces and addresses

    mutating func interfaceChanged(_ name: String, at now: MonotonicTime) {
        let isWell = links[name]?.isWell == true
        let subject = TrackedSubject(.interface, name)
        let concerned = dependents[name] ?? []
        if toldInterfaces[name] != isWell {
            toldInterfaces[name] = isWell
            tell(.interface(name, isUp: isWell))
        }
        guard !concerned.isEmpty else { return }
        if watchers[subject] != nil { values[subject] = isWell ? .well : .unwell }
        for place in concerned { prepare(place) }
        reconsider(concerned, at: now)
    }

    private mutating func addressesChanged(_ address: IPAddress, on name: String, came: Bool, at now: MonotonicTime) {
        // What comes and goes with routers is nobody's source.
        guard !virtualAddresses.contains(address) else {
            if came { appeared(address, on: name, at: now) }
            return
        }
        guard !departing.contains(address) else {
            if !came { departing.remove(address) }
            return
        }
        tell(came ? .addressCame(address, on: name) : .addressWent(address, on: name))
        let concerned =
            dependents[name, default: []]
            + routers.indices.filter { routers[$0].settings.configuredSource == address }
        guard !concerned.isEmpty else { return }
        let all = Array(Set(concerned)).sorted()
        for place in all { prepare(place) }
        reconsider(all, at: now)
    }

    /// Works out what a router sends by: its source, and whether its interface is there and works.
    mutating func prepare(_ place: Int) {
        touch(place)
        let settings = routers[place].settings
        let interface = settings.interface.flatMap { links[$0] }
        let source = self.source(of: settings, on: interface)
        if source != routers[place].source {
            if routers[place].hasBegun { tell(.sourceChanged(source), of: place) }
            routers[place].source = source
            routers[place].receiver.ownAddress = source
        }
        let sending = sendingInterface(of: place)
        // Without an interface the kernel finds the way from the source.
        routers[place].canSend = source != nil && (settings.interface == nil || sending?.state.isUsable == true)
        if let sending {
            routers[place].writer.largestPacket = Int(sending.state.maximumPacket)
            routers[place].receiver.largestPacket = Int(sending.state.maximumPacket)
            let crowdedOut = settings.addresses.count - routers[place].writer.advertisedCount
            if crowdedOut > 0, crowdedOut != routers[place].crowdedOut {
                tell(.notAdvertised(count: crowdedOut), of: place)
            }
            routers[place].crowdedOut = crowdedOut
        }
        if interface?.wellSince != routers[place].linkSince {
            routers[place].linkSince = interface?.wellSince
            routers[place].heardSinceLink = false
        }
        routers[place].record = settings.digest(interface: interface?.state.index ?? 0)
        channelsAreDue = true
    }

    /// The interface that a router's advertisements leave by; nil while it is not there, or where none is configured.
    private func sendingInterface(of place: Int) -> LinkTable.Interface? {
        let settings = routers[place].settings
        guard settings.advertisesFromLink else { return settings.interface.flatMap { links[$0] } }
        let name = routers[place].linkName ?? settings.madeLink(prefix: configuration.settings.linkPrefix)?.name
        return name.flatMap { links[$0] }
    }

    /// The source of a router's advertisements: the configured one, or the first address of its interface that does not come and go.
    private func source(of settings: VirtualRouter, on interface: LinkTable.Interface?) -> IPAddress? {
        if let source = settings.configuredSource { return source }
        if case .ipvlan(let link) = settings.link, let address = link.address { return address }
        guard let interface else { return nil }
        let own = interface.addresses.filter {
            $0.family == settings.family && !virtualAddresses.contains($0) && !departing.contains($0)
        }
        switch settings.family {
        case .ipv4:
            // The owner of an address has no other one.
            return own.first
                ?? (settings.priority == .max ? interface.addresses.first { $0.family == .ipv4 } : nil)
        case .ipv6: return own.first(where: \.isLinkLocal)
        }
    }

    /// Why a router takes no part, as far as the machine's links say.
    func linkReasons(of place: Int) -> Set<FaultReason> {
        let settings = routers[place].settings
        var reasons: Set<FaultReason> = []
        if let name = settings.interface {
            // Without its interface nothing can be sent, whatever is tracked.
            let interface = links[name]
            if settings.tracksInterface ? interface?.isWell != true : interface == nil {
                reasons.insert(.interfaceDown(name))
            } else if routers[place].source == nil {
                reasons.insert(.noAddress(settings.family, name))
            }
        }
        for name in settings.interfacesBeside where links[name]?.isWell != true { reasons.insert(.interfaceDown(name)) }
        if case .unicast(let unicast) = settings.audience, unicast.peers.isEmpty, unicast.failsWithoutPeers {
            reasons.insert(.noPeers)
        }
        if let source = settings.configuredSource, !links.hasAddress(source), settings.needsSource {
            reasons.insert(.sourceMissing(source))
        }
        return reasons
    }

    // MARK: Sockets

    /// Takes which routers lack the sockets that they were to have: who hears nothing would take silence for an absent master.
    ///
    /// - Parameter obstacles: the numbers of the errors (`errno`), by the names of all routers that lack a socket.
    package mutating func obstructed(_ obstacles: [String: Int32], at now: MonotonicTime) -> [NodeAction] {
        guard life == .running, obstacles != self.obstacles else { return [] }
        let concerned = routers.indices.filter { place in
            let name = routers[place].settings.name
            return obstacles[name] != self.obstacles[name]
        }
        self.obstacles = obstacles
        reconsider(concerned, at: now)
        return finish(at: now)
    }

    /// Says which sockets there are to be, if they are other ones than before.
    mutating func openChannels(at now: MonotonicTime) {
        channelsAreDue = false
        var channels: [RouterChannel] = []
        index = RouterIndex()
        for place in routers.indices {
            let router = routers[place]
            guard let source = router.source else { continue }
            let sending = sendingInterface(of: place)
            guard router.settings.interface == nil || sending != nil else { continue }
            let name = sending?.state.name
            for (settings, receiver) in router.identities {
                let key = RouterIndex.Key(interface: name ?? "", family: settings.family, routerID: settings.routerID)
                index.add(place, for: key)
                for carrier in receiver.carriers(at: now).sorted(by: { $0.rawValue > $1.rawValue }) {
                    var channel = RouterChannel(
                        router: router.settings.name,
                        interface: name,
                        interfaceIndex: sending?.state.index ?? 0,
                        family: settings.family,
                        carrier: carrier,
                        group: settings.group,
                        source: source,
                        maximumPacket: sending?.state.maximumPacket ?? 1500
                    )
                    channel.receiveBuffer = settings.receiveBuffer
                    if channels.last != channel { channels.append(channel) }
                }
            }
        }
        guard channels != self.channels else { return }
        self.channels = channels
        actions.append(.open(channels))
    }

    // MARK: What others take away

    private mutating func taken(
        _ place: Int,
        _ entries: [LinkEvent.Entry],
        by cause: LinkChange.Cause,
        at now: MonotonicTime
    ) {
        guard routers[place].state == .master else { return }
        touch(place)
        let count = routers[place].losses.count(at: now)
        tell(.takenAway(entries, by: cause, times: count), of: place)
        guard count >= LossCount.limit else { return }
        routers[place].losses.begin(at: now)
        evaluate(place, at: now)
        settle(unit(of: place), at: now)
    }

    /// Takes note of something that could not be set; a master that got none of its addresses leaves it to others.
    private mutating func notSet(_ place: Int, _ entry: LinkEvent.Entry, _ error: LinksError, at now: MonotonicTime) {
        tell(.notSet(entry, error), of: place)
        guard routers[place].state == .master, case .address(let address) = entry else { return }
        routers[place].unset.insert(address.address)
        let wanted = Set(routers[place].settings.addresses.map(\.address.address))
        guard !wanted.isEmpty, wanted.isSubset(of: routers[place].unset) else { return }
        routers[place].losses.begin(at: now)
        evaluate(place, at: now)
        settle(unit(of: place), at: now)
    }

    /// Takes note of a static entry that could not be put back, by which routers of its group fail.
    private mutating func lost(_ entry: LinkEvent.Entry, at now: MonotonicTime) {
        let group: String? =
            switch entry {
            case .address(let address): configuration.addresses.first { $0.entry == address }?.trackGroup
            case .route(let route): configuration.routes.first { $0.entry == route }?.trackGroup
            case .rule(let rule): configuration.rules.first { $0.entry == rule }?.trackGroup
            case .link, .setting: nil
            }
        guard let group else { return }
        lostStatics.insert(group)
        reconsider(configuration.trackGroups[group, default: []].compactMap { places[$0] }, at: now)
    }
}
