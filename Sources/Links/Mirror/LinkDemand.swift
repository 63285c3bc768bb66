import Addresses

/// What all owners together want, in terms of the interfaces that there are.
struct LinkDemand: Sendable {
    /// A wish for one thing, and whose it is.
    struct Part<Value: Sendable>: Sendable {
        var value: Value
        var owners: [LinkOwner]
        var isTracked: Bool
    }

    /// The addresses in the order in which they are set, by what they are told apart by.
    private(set) var addressOrder: [AddressKey] = []
    private(set) var addresses: [AddressKey: Part<LinkAddress>] = [:]
    /// The routes in the order in which they are set.
    private(set) var routes: [Part<Route>] = []
    private(set) var routePlaces: [Route.Place: [Int]] = [:]
    /// The rules in the order in which they are set.
    private(set) var rules: [Part<RoutingRule>] = []
    private(set) var rulePlaces: [RoutingRule: Int] = [:]
    /// The settings by interface and kind.
    private(set) var settings: [SettingKey: UInt32] = [:]
    /// Whether packets must be taken whose way back leads by another interface, on some of the interfaces that are made.
    private(set) var needsLooseReversePath = false
    /// The owners that want something on an interface that is not there.
    private(set) var waiting: Set<LinkOwner> = []

    /// The makers of the routes and rules.
    private(set) var makers: Set<UInt8> = []

    /// Adds an address.
    mutating func want(_ address: LinkAddress, interface: UInt32, isTracked: Bool, by owner: LinkOwner) {
        let key = AddressKey(address, interface: interface)
        if addresses[key] == nil { addressOrder.append(key) }
        Self.merge(address, isTracked, owner, into: &addresses[key])
    }

    /// Adds a route; one that is wanted already gets another owner.
    mutating func want(_ route: Route, isTracked: Bool, by owner: LinkOwner) {
        makers.insert(route.maker)
        for index in routePlaces[route.place, default: []] where routes[index].value.isSame(as: route) {
            var part: Part<Route>? = routes[index]
            Self.merge(route, isTracked, owner, into: &part)
            if let part { routes[index] = part }
            return
        }
        routePlaces[route.place, default: []].append(routes.count)
        routes.append(Part(value: route, owners: [owner], isTracked: isTracked))
    }

    /// Adds a rule; one that is wanted already gets another owner.
    mutating func want(_ rule: RoutingRule, isTracked: Bool, by owner: LinkOwner) {
        makers.insert(rule.maker)
        if let index = rulePlaces[rule.asFound] {
            var part: Part<RoutingRule>? = rules[index]
            Self.merge(rule, isTracked, owner, into: &part)
            if let part { rules[index] = part }
            return
        }
        rulePlaces[rule.asFound] = rules.count
        rules.append(Part(value: rule, owners: [owner], isTracked: isTracked))
    }

    /// Adds a setting; the first wish for it counts.
    mutating func want(_ kind: InterfaceSetting.Kind, _ value: UInt32, of interface: UInt32) {
        let key = SettingKey(interface: interface, kind: kind)
        if settings[key] == nil { settings[key] = value }
    }

    mutating func wantLooseReversePath() { needsLooseReversePath = true }

    /// Notes that something has to wait for its interface.
    mutating func wait(for owner: LinkOwner) { waiting.insert(owner) }

    /// The wishes for a place in a table.
    func routes(at place: Route.Place) -> [Part<Route>] { routePlaces[place, default: []].map { routes[$0] } }

    /// The wish that a rule of the kernel fulfils.
    func wish(for found: RoutingRule) -> Part<RoutingRule>? {
        rulePlaces[found.asFound].map { rules[$0] }
    }

    private static func merge<Value>(
        _ value: Value,
        _ isTracked: Bool,
        _ owner: LinkOwner,
        into part: inout Part<Value>?
    ) {
        guard var before = part else {
            part = Part(value: value, owners: [owner], isTracked: isTracked)
            return
        }
        if !before.owners.contains(owner) { before.owners.append(owner) }
        before.isTracked = before.isTracked || isTracked
        part = before
    }
}

/// A setting of an interface that keeps its number whatever it is called.
struct SettingKey: Hashable, Sendable {
    let interface: UInt32
    let kind: InterfaceSetting.Kind
}
