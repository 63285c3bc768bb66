import Addresses
import Configuration
import Failover
import Links

// Lines of addresses, routes and rules.

extension WrittenConfiguration {
    /// The words of an address of an interface.
    mutating func line(_ address: LinkAddress) -> [WrittenValue] {
        var values: [WrittenValue] = []
        if let peer = address.peer {
            values += [.word("\(address.address)"), .word("peer"), .word("\(peer)/\(address.prefixLength)")]
        } else {
            values.append(.word("\(address.address)/\(address.prefixLength)"))
        }
        values += [.word("dev"), .plain(address.interface)]
        if let broadcast = address.broadcast { values += [.word("brd"), .word("\(broadcast)")] }
        if let label = address.label, let text = text(label, of: "a label") { values += [.word("label"), text] }
        switch address.address {
        case .v4:
            values += [.word("scope"), .number(Int64(address.scope))]
            if let seconds = address.preferredLifetime { values += [.word("preferred_lft"), .number(Int64(seconds))] }
        case .v6:
            if !address.options.contains(.skipsDuplicateDetection) { values.append(.word("-nodad")) }
            let lifetime = address.preferredLifetime.map { WrittenValue.number(Int64($0)) } ?? .word("forever")
            values += [.word("preferred_lft"), lifetime]
        }
        for (option, word) in [
            (LinkAddress.Options.home, "home"), (.managesTemporaries, "mngtmpaddr"),
            (.hasNoPrefixRoute, "noprefixroute"), (.joinsGroup, "autojoin"),
        ] where address.options.contains(option) { values.append(.word(word)) }
        return values
    }

    private static let kinds: [Route.Kind: String] = [
        .local: "local", .broadcast: "broadcast", .multicast: "multicast", .blackhole: "blackhole",
        .unreachable: "unreachable", .prohibit: "prohibit", .throw: "throw",
    ]

    /// The words of a route.
    mutating func line(_ route: Route) -> [WrittenValue] {
        var values: [WrittenValue] = []
        if let kind = Self.kinds[route.kind] { values.append(.word(kind)) }
        if route.kind == .anycast { lose("a route of the kind anycast") }
        values.append(.word(route.destination.map { "\($0.address)/\($0.length)" } ?? "default"))
        values.append(.word(route.family == .ipv6 ? "inet6" : "inet"))
        func add(_ word: String, _ value: WrittenValue) { values += [.word(word), value] }
        if let from = route.from { add("from", .word("\(from.address)/\(from.length)")) }
        if let source = route.source { add("src", .word("\(source)")) }
        if route.table != 254 { add("table", .number(Int64(route.table))) }
        if route.maker != maker { add("protocol", .number(Int64(route.maker))) }
        if let scope = route.scope { add("scope", .number(Int64(scope))) }
        if let priority = route.priority { add("metric", .number(Int64(priority))) }
        if route.typeOfService != 0 { add("tos", .number(Int64(route.typeOfService))) }
        if let preference = route.preference {
            add("pref", .word(preference == .low ? "low" : preference == .high ? "high" : "medium"))
        }
        if let realms = route.realms { add("realms", .word("\(realms >> 16)/\(realms & 0xffff)")) }
        if let lifetime = route.lifetime { add("expires", .number(Int64(lifetime))) }
        let locks = route.metrics.first { $0.kind == RouteMetric.lock }?.value ?? 0
        for metric in route.metrics where metric.kind != RouteMetric.lock {
            guard let word = RouteMetric.allCases.first(where: { $0.number == metric.kind }) else {
                lose("a metric of a route with the number \(metric.kind)")
                continue
            }
            values.append(.word(word.rawValue))
            if metric.kind < 32, locks >> UInt32(metric.kind) & 1 == 1 { values.append(.word("lock")) }
            values.append(.word(word.text(metric.value)))
        }
        let isOne = route.hops.count == 1 && route.hops[0].weight == 1
        for hop in route.hops {
            if !isOne { values.append(.word("nexthop")) }
            if let gateway = hop.gateway {
                values += [.word("via"), .word(gateway.family == .ipv6 ? "inet6" : "inet"), .word("\(gateway)")]
            }
            if let interface = hop.interface { values += [.word("dev"), .plain(interface)] }
            if hop.isOnLink { values.append(.word("onlink")) }
            if !isOne { values += [.word("weight"), .number(Int64(hop.weight))] }
        }
        return values
    }

    /// The words of a rule.
    mutating func line(_ rule: RoutingRule) -> [WrittenValue] {
        var values: [WrittenValue] = rule.isInverted ? [.word("not")] : []
        func add(_ word: String, _ value: WrittenValue) { values += [.word(word), value] }
        values.append(.word(rule.family == .ipv6 ? "inet6" : "inet"))
        add("from", .word(rule.from.map { "\($0.address)/\($0.length)" } ?? "all"))
        add("to", .word(rule.to.map { "\($0.address)/\($0.length)" } ?? "all"))
        add("priority", .number(Int64(rule.priority)))
        if let name = rule.incoming { add("iif", .plain(name)) }
        if let name = rule.outgoing { add("oif", .plain(name)) }
        if let mark = rule.mark { add("fwmark", .word("\(mark.value)/\(mark.mask)")) }
        if rule.typeOfService != 0 { add("tos", .number(Int64(rule.typeOfService))) }
        if let realms = rule.realms { add("realms", .word("\(realms >> 16)/\(realms & 0xffff)")) }
        if let length = rule.suppressedPrefixLength { add("suppress_prefixlength", .number(Int64(length))) }
        if let group = rule.suppressedGroup { add("suppress_ifgroup", .number(Int64(group))) }
        if let users = rule.users { add("uidrange", .word("\(users.first)-\(users.last)")) }
        if let transport = rule.transport { add("ipproto", .number(Int64(transport))) }
        if let ports = rule.sourcePorts { add("sport", .word("\(ports.first)-\(ports.last)")) }
        if let ports = rule.destinationPorts { add("dport", .word("\(ports.first)-\(ports.last)")) }
        if rule.usesInterfaceTable { values.append(.word("l3mdev")) }
        if rule.maker != maker { add("protocol", .number(Int64(rule.maker))) }
        switch rule.action {
        case .lookup(let table): add("table", .number(Int64(table)))
        case .jump(let priority): add("goto", .number(Int64(priority)))
        case .nothing: values.append(.word("nop"))
        case .blackhole: add("type", .word("blackhole"))
        case .unreachable: add("type", .word("unreachable"))
        case .prohibit: add("type", .word("prohibit"))
        }
        return values
    }

    /// The number by which routes and rules are known as ours.
    private var maker: UInt8 { failover?.routing.settings.routeMaker ?? RouterSettings().routeMaker }
}
