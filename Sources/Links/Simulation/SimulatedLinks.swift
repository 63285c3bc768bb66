import Addresses

/// The links of a machine in memory, as Linux 6.1 has them, without traffic.
///
/// One suite of tests holds it and the real kernel to the same behaviour. Handles are made by `kernel()`, for each program one.
/// It belongs to one thread at a time.
package final class SimulatedLinks {
    /// The interfaces in the order in which they were made.
    private(set) var interfaces: [InterfaceState] = []
    /// The addresses in the order in which they were set.
    private(set) var addresses: [AddressState] = []
    private(set) var routes: [Route] = []
    private(set) var rules: [RoutingRule] = []
    private var sharedSettings: [InterfaceSetting.Kind: UInt32] = [.reversePath: 0, .promotesSecondaries: 0]
    private var defaultSettings: [InterfaceSetting.Kind: UInt32] = [.reversePath: 0]
    private var lastIndex: UInt32 = 0
    private var lastPort: UInt32 = 1000
    private var handles: [WeakHandle] = []

    private struct WeakHandle {
        weak var handle: SimulatedLinksKernel?
    }

    /// Makes a machine that has nothing but its loopback interface.
    package init() {
        makeInterface("lo", flags: [.up, .running, .loopback, .lowerUp], hardwareAddress: [0, 0, 0, 0, 0, 0])
    }

    /// A handle for one program.
    package func kernel() -> SimulatedLinksKernel {
        lastPort += 1
        let handle = SimulatedLinksKernel(self, port: lastPort)
        handles = handles.filter { $0.handle != nil } + [WeakHandle(handle: handle)]
        return handle
    }

    // MARK: By hand

    /// Makes an interface that is up and has a carrier.
    package func makeInterface(_ name: String) {
        let number = UInt8(truncatingIfNeeded: lastIndex)
        makeInterface(
            name,
            flags: [.up, .running, .broadcast, .multicast, .lowerUp],
            hardwareAddress: [2, 0, 0, 0, 0, number]
        )
    }

    /// Gives an interface another name.
    package func rename(_ name: String, to other: String) {
        guard let place = place(of: name) else { return }
        interfaces[place].name = other
        tell(.interface(interfaces[place]), by: .kernel)
    }

    /// Removes an interface as a driver does.
    package func removeInterface(_ name: String) {
        guard let place = place(of: name) else { return }
        remove(interfaces[place], by: .kernel)
    }

    /// Takes the carrier away or gives it back.
    package func setCarrier(of name: String, to isThere: Bool) {
        guard let place = place(of: name) else { return }
        for flag in [InterfaceState.Flags.running, .lowerUp] {
            if isThere { interfaces[place].flags.insert(flag) } else { interfaces[place].flags.remove(flag) }
        }
        tell(.interface(interfaces[place]), by: .kernel)
    }

    private func makeInterface(_ name: String, flags: InterfaceState.Flags, hardwareAddress: [UInt8]) {
        lastIndex += 1
        var state = InterfaceState(index: lastIndex, name: name, flags: flags)
        state.hardwareAddress = hardwareAddress
        state.settings = freshSettings
        interfaces.append(state)
        tell(.interface(state), by: .kernel)
    }

    private var freshSettings: [InterfaceSetting.Kind: UInt32] {
        var settings: [InterfaceSetting.Kind: UInt32] = [:]
        for kind in InterfaceSetting.Kind.allCases { settings[kind] = defaultSettings[kind] ?? 0 }
        return settings
    }

    // MARK: Handles

    func snapshot(_ parts: LinkParts, makers: Set<UInt8>) -> LinksSnapshot {
        var snapshot = LinksSnapshot(parts)
        if parts.contains(.links) {
            snapshot.interfaces = interfaces.sorted { $0.index < $1.index }
            snapshot.addresses = addresses.map(named)
            snapshot.settings = [.reversePath: sharedSettings[.reversePath] ?? 0]
            snapshot.defaults = [.reversePath: defaultSettings[.reversePath] ?? 0]
        }
        if parts.contains(.routes) { snapshot.routes = routes.filter { makers.contains($0.maker) } }
        if parts.contains(.rules) { snapshot.rules = rules.filter { makers.contains($0.maker) } }
        return snapshot
    }

    private func tell(_ subject: LinkChange.Subject, by cause: LinkChange.Cause) {
        for handle in handles { handle.handle?.hear(subject, by: cause) }
    }

    func carryOut(_ step: LinkStep, by cause: LinkChange.Cause) throws(LinksError) {
        switch step {
        case .makeLink(let link, let name): try make(link, name: name, by: cause)
        case .switchLink(let name, let isOn): try switchInterface(try place(named: name), isOn: isOn, by: cause)
        case .removeLink(let state):
            guard let found = interfaces.first(where: { $0.index == state.index }) else { return }
            remove(found, by: cause)
        case .set(let setting): try set(setting, by: cause)
        case .addAddress(let address):
            try add(AddressState(address, interface: index(of: address.interface)), by: cause)
        case .returnAddress(let state): try add(state, by: cause)
        case .changeAddress(let address): try change(address, by: cause)
        case .removeAddress(let address):
            guard let place = place(of: address.interface) else { return }
            remove(AddressKey(address, interface: interfaces[place].index), by: cause)
        case .addRoute(let route): try add(route, by: cause)
        case .removeRoute(let route):
            guard let place = routes.firstIndex(where: { route.isFound(as: $0) }) else { return }
            tell(.routeGone(routes.remove(at: place)), by: cause)
        case .addRule(let rule):
            guard !rules.contains(where: { $0.asFound == rule.asFound }) else { return }
            rules.append(rule.asFound)
            tell(.rule(rule.asFound), by: cause)
        case .removeRule(let rule):
            guard let place = rules.firstIndex(where: { $0.asFound == rule.asFound }) else { return }
            tell(.ruleGone(rules.remove(at: place)), by: cause)
        }
    }

    // MARK: Interfaces

    private func place(of name: String) -> Int? { interfaces.firstIndex { $0.name == name } }

    private func place(named name: String) throws(LinksError) -> Int {
        guard let place = place(of: name) else { throw .noInterface(name) }
        return place
    }

    private func index(of name: String) throws(LinksError) -> UInt32 { interfaces[try place(named: name)].index }

    private func make(_ link: MadeLink, name: String, by cause: LinkChange.Cause) throws(LinksError) {
        let parent = interfaces[try place(named: link.parent)]
        guard place(of: name) == nil else { throw .refused(17) }
        guard !name.isEmpty, name.utf8.count < 16 else { throw .refused(34) }
        let siblings = interfaces.filter { $0.parent == parent.index }
        lastIndex += 1
        var state = InterfaceState(index: lastIndex, name: name, flags: [.broadcast, .multicast])
        state.parent = parent.index
        state.group = link.group ?? 0
        state.settings = freshSettings
        state.maximumPacket = parent.maximumPacket
        switch link.kind {
        case .macvlan(let hardwareAddress):
            guard !siblings.contains(where: \.isIpvlan) else { throw .refused(16) }
            state.kind = .macvlan(isPrivate: true)
            state.hardwareAddress = hardwareAddress
        case .ipvlan(let mode):
            guard !siblings.contains(where: \.isMacvlan) else { throw .refused(16) }
            state.kind = .ipvlan(isLinkLayer: true, mode)
            state.hardwareAddress = parent.hardwareAddress
        }
        interfaces.append(state)
        tell(.interface(state), by: cause)
    }

    private func switchInterface(_ place: Int, isOn: Bool, by cause: LinkChange.Cause) throws(LinksError) {
        guard interfaces[place].flags.contains(.up) != isOn else { return }
        let index = interfaces[place].index
        for flag in [InterfaceState.Flags.up, .running, .lowerUp] {
            if isOn { interfaces[place].flags.insert(flag) } else { interfaces[place].flags.remove(flag) }
        }
        if !isOn {
            // Addresses of IPv6 go with a word, routes of IPv4 without one.
            for state in addresses where state.interface == index && state.address.address.family == .ipv6 {
                remove(AddressKey(state), by: .kernel)
            }
            dropRoutes(of: interfaces[place].name)
        }
        tell(.interface(interfaces[place]), by: cause)
    }

    private func remove(_ state: InterfaceState, by cause: LinkChange.Cause) {
        for child in interfaces where child.parent == state.index { remove(child, by: cause) }
        dropRoutes(of: state.name)
        for address in addresses where address.interface == state.index {
            tell(.addressGone(named(address)), by: .kernel)
        }
        addresses.removeAll { $0.interface == state.index }
        interfaces.removeAll { $0.index == state.index }
        tell(.interfaceGone(state), by: cause)
    }

    private func set(_ setting: InterfaceSetting, by cause: LinkChange.Cause) throws(LinksError) {
        switch setting.interface {
        case nil: sharedSettings[setting.kind] = setting.value
        case InterfaceSetting.newInterfaces?: defaultSettings[setting.kind] = setting.value
        case let name?:
            let place = try place(named: name)
            interfaces[place].settings[setting.kind] = setting.value
        }
    }

    // MARK: Addresses

    /// The address with the name that its interface has now.
    private func named(_ state: AddressState) -> AddressState {
        var state = state
        if let interface = interfaces.first(where: { $0.index == state.interface }) {
            state.address.interface = interface.name
        }
        return state
    }

    private func add(_ state: AddressState, by cause: LinkChange.Cause) throws(LinksError) {
        var state = state
        let address = state.address
        guard interfaces.contains(where: { $0.index == state.interface }) else { throw .refused(19) }
        guard address.prefixLength <= (address.address.family == .ipv4 ? 32 : 128) else { throw .refused(22) }
        let key = AddressKey(state)
        guard !addresses.contains(where: { AddressKey($0) == key }) else { return }
        if let first = addresses.first(where: { AddressKey($0).sharesNetwork(with: key) && !$0.isSecondary }) {
            guard first.address.scope == address.scope else { throw .refused(22) }
            state.isSecondary = true
        } else {
            state.isSecondary = false
        }
        if address.address.family == .ipv6 { state.address.scope = address.address.impliedScope }
        addresses.append(state)
        tell(.address(named(state)), by: cause)
    }

    private func change(_ address: LinkAddress, by cause: LinkChange.Cause) throws(LinksError) {
        let key = AddressKey(address, interface: try index(of: address.interface))
        guard let place = addresses.firstIndex(where: { AddressKey($0) == key }) else { throw .refused(2) }
        addresses[place].address.options = address.options
        addresses[place].address.preferredLifetime = address.preferredLifetime
        tell(.address(named(addresses[place])), by: cause)
    }

    private func remove(_ key: AddressKey, by cause: LinkChange.Cause) {
        guard let place = addresses.firstIndex(where: { AddressKey($0) == key }) else { return }
        let removed = addresses.remove(at: place)
        let secondaries = addresses.filter { AddressKey($0).sharesNetwork(with: key) && $0.isSecondary }
        let interface = interfaces.first { $0.index == key.interface }
        let promotes =
            interface?.settings[.promotesSecondaries] ?? 0 != 0 || sharedSettings[.promotesSecondaries] ?? 0 != 0
        if !removed.isSecondary, !promotes {
            for secondary in secondaries {
                addresses.removeAll { AddressKey($0) == AddressKey(secondary) }
                tell(.addressGone(named(secondary)), by: cause)
                dropRoutes(from: secondary)
            }
        }
        tell(.addressGone(named(removed)), by: cause)
        dropRoutes(from: removed)
        if !removed.isSecondary, promotes, let next = secondaries.first,
            let place = addresses.firstIndex(where: { AddressKey($0) == AddressKey(next) })
        {
            addresses[place].isSecondary = false
            tell(.address(named(addresses[place])), by: cause)
        }
    }

    // MARK: Routes

    private func add(_ route: Route, by cause: LinkChange.Cause) throws(LinksError) {
        var route = route
        for place in route.hops.indices {
            route.hops[place].interface = try interface(of: route.hops[place], family: route.family)
        }
        if let source = route.source, !addresses.contains(where: { $0.address.address == source }) {
            throw .refused(22)
        }
        guard !routes.contains(where: { route.isFound(as: $0) }) else { return }
        route.scope = route.scope ?? route.impliedScope
        route.priority = route.place.priority == 0 ? nil : route.place.priority
        route.destination = route.destination?.masked
        routes.append(route)
        tell(.route(route), by: cause)
    }

    /// The interface that a hop leads by.
    private func interface(of hop: Route.Hop, family: AddressFamily) throws(LinksError) -> String? {
        let named = try hop.interface.map { name throws(LinksError) in interfaces[try place(named: name)] }
        guard let gateway = hop.gateway, !hop.isOnLink else {
            if let named, !named.flags.contains(.up) { throw .refused(100) }
            return hop.interface
        }
        if case .v6(let address) = gateway, address.isLinkLocal, let name = hop.interface { return name }
        let way = addresses.first { state in
            guard let interface = interfaces.first(where: { $0.index == state.interface }) else { return false }
            return interface.flags.contains(.up) && (hop.interface == nil || hop.interface == interface.name)
                && NetworkPrefix(gateway, length: state.address.prefixLength).masked
                    == NetworkPrefix(state.address.peer ?? state.address.address, length: state.address.prefixLength)
                    .masked
        }
        guard let way else { throw .refused(family == .ipv4 ? 101 : 113) }
        return interfaces.first { $0.index == way.interface }?.name
    }

    /// Drops the routes of IPv4 by an interface, without a word, and those of IPv6 with one.
    private func dropRoutes(of name: String, families: [AddressFamily] = AddressFamily.allCases) {
        let dropped = routes.filter { route in
            families.contains(route.family) && route.hops.contains { $0.interface == name }
        }
        routes.removeAll { dropped.contains($0) }
        for route in dropped where route.family == .ipv6 { tell(.routeGone(route), by: .kernel) }
    }

    /// Drops the routes that go with an address, without a word.
    private func dropRoutes(from state: AddressState) {
        guard state.address.address.family == .ipv4 else { return }
        if !addresses.contains(where: { $0.address.address == state.address.address }) {
            routes.removeAll { $0.source == state.address.address }
        }
        // The last address of an interface ends all of IPv4 on it.
        let isLast = !addresses.contains {
            $0.interface == state.interface && $0.address.address.family == .ipv4
        }
        if isLast, let interface = interfaces.first(where: { $0.index == state.interface }) {
            dropRoutes(of: interface.name, families: [.ipv4])
        }
    }
}

extension InterfaceState {
    fileprivate var isMacvlan: Bool { if case .macvlan? = kind { true } else { false } }
    fileprivate var isIpvlan: Bool { if case .ipvlan? = kind { true } else { false } }
}

extension IPAddress {
    /// How far the kernel says that an address of IPv6 is known, whatever it was told.
    fileprivate var impliedScope: UInt8 {
        guard case .v6(let address) = self else { return 0 }
        return address.isLinkLocal ? 253 : address == IPv6Address(high: 0, low: 1) ? 254 : 0
    }
}
