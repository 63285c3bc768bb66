import Addresses

/// What the kernel has, as it was last told.
struct FoundLinks: Sendable {
    /// The interfaces by their numbers.
    private(set) var interfaces: [UInt32: InterfaceState] = [:]
    /// Their numbers by name.
    private(set) var numbers: [String: UInt32] = [:]
    /// The addresses.
    private(set) var addresses: [AddressKey: AddressState] = [:]
    /// The routes that were asked for, by their place in their tables.
    private(set) var routes: [Route.Place: [Route]] = [:]
    /// Routes that were set, in the words of their wishes, until the kernel tells them in its own.
    private(set) var assumedRoutes: [Route.Place: [Route]] = [:]
    /// What the kernel made of routes that were set, where it says something else than the wish does.
    private(set) var otherForms: [Route: Route] = [:]
    /// The rules that were asked for.
    private(set) var rules: Set<RoutingRule> = []
    /// The settings for all interfaces, and for those that are not made yet.
    private(set) var sharedSettings: [InterfaceSetting.Kind: UInt32] = [:]
    private(set) var defaultSettings: [InterfaceSetting.Kind: UInt32] = [:]

    /// The interface of that name.
    func interface(named name: String) -> InterfaceState? {
        numbers[name].flatMap { interfaces[$0] }
    }

    /// The route that is this one, if it is there.
    func found(_ route: Route) -> Route? {
        let here = routes[route.place] ?? []
        return here.first { route.isFound(as: $0) } ?? otherForms[route].flatMap { here.contains($0) ? $0 : nil }
            ?? assumedRoutes[route.place]?.first { route.isFound(as: $0) }
    }

    /// Whether a route is what the kernel made of one that was wanted in these words.
    func isForm(_ found: Route, of route: Route) -> Bool { route.isFound(as: found) || otherForms[route] == found }

    /// Takes the parts that were read in place of what was known of them.
    mutating func take(_ snapshot: LinksSnapshot) {
        if snapshot.parts.contains(.links) {
            interfaces = [:]
            numbers = [:]
            for state in snapshot.interfaces { put(state) }
            addresses = [:]
            for state in snapshot.addresses { put(state) }
            sharedSettings = snapshot.settings
            defaultSettings = snapshot.defaults
        }
        if snapshot.parts.contains(.routes) {
            routes = [:]
            assumedRoutes = [:]
            for route in snapshot.routes { put(route, isOurDoing: false) }
            otherForms = otherForms.filter { routes[$0.value.place]?.contains($0.value) ?? false }
        }
        if snapshot.parts.contains(.rules) { rules = Set(snapshot.rules.map(\.asFound)) }
    }

    mutating func put(_ state: InterfaceState) {
        if let before = interfaces[state.index], before.name != state.name, numbers[before.name] == state.index {
            numbers[before.name] = nil
        }
        interfaces[state.index] = state
        numbers[state.name] = state.index
    }

    mutating func removeInterface(_ index: UInt32) {
        guard let state = interfaces.removeValue(forKey: index) else { return }
        if numbers[state.name] == index { numbers[state.name] = nil }
        addresses = addresses.filter { $0.key.interface != index }
    }

    mutating func put(_ state: AddressState) {
        addresses[AddressKey(state)] = state
    }

    mutating func removeAddress(_ key: AddressKey) {
        addresses[key] = nil
    }

    /// Notes that a route was set, of which the kernel has not told yet.
    mutating func assume(_ route: Route) {
        guard found(route) == nil else { return }
        assumedRoutes[route.place, default: []].append(route)
    }

    /// Takes a route that the kernel told of.
    ///
    /// - Parameter isOurDoing: Whether it came of one that was set.
    mutating func put(_ route: Route, isOurDoing: Bool) {
        let place = route.place
        if routes[place]?.contains(route) != true { routes[place, default: []].append(route) }
        guard let assumed = assumedRoutes[place] else { return }
        if assumed.contains(where: { $0.isFound(as: route) }) {
            assumedRoutes[place]?.removeAll { $0.isFound(as: route) }
        } else if isOurDoing, let wish = assumed.first(where: { $0.kind == route.kind && $0.maker == route.maker }) {
            otherForms[wish] = route
            assumedRoutes[place]?.removeAll { $0 == wish }
        }
    }

    /// Removes a route that is gone, by the words of the kernel or those in which it was wanted.
    mutating func remove(_ route: Route) {
        let place = route.place
        assumedRoutes[place]?.removeAll { $0 == route || $0.isFound(as: route) }
        if let index = routes[place]?.firstIndex(of: route) {
            routes[place]?.remove(at: index)
        } else if let index = routes[place]?.firstIndex(where: { route.isFound(as: $0) }) {
            routes[place]?.remove(at: index)
        }
    }

    mutating func put(_ rule: RoutingRule) {
        rules.insert(rule.asFound)
    }

    mutating func remove(_ rule: RoutingRule) {
        rules.remove(rule.asFound)
    }

    mutating func put(_ setting: InterfaceSetting) {
        switch setting.interface {
        case nil: sharedSettings[setting.kind] = setting.value
        case InterfaceSetting.newInterfaces?: defaultSettings[setting.kind] = setting.value
        case let name?:
            guard let index = numbers[name] else { return }
            interfaces[index]?.settings[setting.kind] = setting.value
        }
    }

    /// Notes whether an interface is on.
    mutating func switchInterface(named name: String, isOn: Bool) {
        guard let index = numbers[name] else { return }
        if isOn { interfaces[index]?.flags.insert(.up) } else { interfaces[index]?.flags.remove(.up) }
    }

    /// Whether secondary addresses of an interface stay when the first one goes.
    func promotesSecondaries(_ interface: UInt32) -> Bool {
        interfaces[interface]?.settings[.promotesSecondaries] ?? 0 != 0
            || sharedSettings[.promotesSecondaries] ?? 0 != 0
    }
}
