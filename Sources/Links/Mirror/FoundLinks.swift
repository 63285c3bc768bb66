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
        routes[route.place]?.first { route.isFound(as: $0) }
    }

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
            for route in snapshot.routes { put(route) }
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

    mutating func put(_ route: Route) {
        if routes[route.place]?.contains(route) != true { routes[route.place, default: []].append(route) }
    }

    /// Removes a route that the kernel told of in the same words, or that is wanted in these.
    mutating func remove(_ route: Route) {
        routes[route.place]?.removeAll { $0 == route || route.isFound(as: $0) }
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
