import Addresses
import Links
import TestKit

extension LinkPromise {
    /// A route, and what must be set for it.
    private static func routes6() throws -> [Route] {
        var plain = try Route(to: "2001:db8:2::/48", via: "2001:db8::2")
        plain.priority = 512
        var local = try Route(to: nil, .ipv6, via: "fe80::2")
        local.preference = .high
        var source = try Route(to: "2001:db8:3::/48", via: "2001:db8::2")
        source.source = IPAddress("2001:db8::1")
        var tabled = try Route(to: "2001:db8:4::/48", via: "2001:db8::2")
        tabled.table = 1000
        tabled.metrics = [Route.Metric(kind: 2, value: 1400)]
        var spread = try Route(to: "2001:db8:5::/48", via: "2001:db8::2")
        spread.hops += [Route.Hop(gateway: IPAddress("2001:db8::3"), interface: "eth0")]
        var hole = Route(.ipv6, to: try NetworkPrefix("2001:db8:6::/48"))
        hole.kind = .blackhole
        var wall = Route(.ipv6, to: try NetworkPrefix("2001:db8:7::/48"))
        wall.kind = .unreachable
        return [plain, local, source, tabled, spread, hole, wall, try Route(to: "2001:db8:8::/64")]
    }

    private static func routes4() throws -> [Route] {
        var source = try Route(to: "10.30.0.0/16", via: "10.1.0.2")
        source.source = IPAddress("10.1.0.1")
        var linked = try Route(to: "10.31.0.0/16")
        linked.scope = 253
        var tabled = try Route(to: nil, via: "10.1.0.2")
        tabled.table = 100
        var far = try Route(to: "10.32.0.0/16", via: "10.1.0.2")
        far.table = 70_000
        far.priority = 50
        var onLink = try Route(to: "10.33.0.0/16", via: "192.0.2.1")
        onLink.hops[0].isOnLink = true
        var spread = try Route(to: "10.34.0.0/16", via: "10.1.0.2")
        spread.hops[0].weight = 3
        spread.hops += [Route.Hop(gateway: IPAddress("10.1.0.3"), interface: "eth0")]
        var measured = try Route(to: "10.35.0.0/16", via: "10.1.0.2")
        // RTAX_LOCK of the MTU, RTAX_MTU, RTAX_ADVMSS, RTAX_INITCWND, RTAX_QUICKACK.
        measured.metrics = [(1, 4), (2, 1400), (8, 1360), (11, 20), (15, 1)].map { Route.Metric(kind: $0, value: $1) }
        measured.typeOfService = 16
        measured.realms = 0x20003
        var made = try Route(to: "10.36.0.0/16", via: "10.1.0.2", on: nil)
        made.maker = 99
        var foreign = try Route(to: "10.37.0.0/16", via: "fe80::2")
        foreign.hops[0].isOnLink = true
        let kinds: [(Route.Kind, UInt8)] = [(.blackhole, 40), (.unreachable, 41), (.prohibit, 42), (.throw, 43)]
        let closed = try kinds.map { kind, number in
            var route = Route(.ipv4, to: try NetworkPrefix("10.\(number).0.0/16"))
            route.kind = kind
            return route
        }
        var local = try Route(to: "10.44.0.1/32")
        local.kind = .local
        local.table = 255
        return [
            try Route(to: "10.29.0.0/16", via: "10.1.0.2"), source, linked, tabled, far, onLink, spread, measured, made,
            foreign, local,
        ] + closed
    }

    private static func keeps(_ routes: [Route], on stage: any LinkStage) throws {
        for route in routes {
            try stage.kernel.make(.addRoute(route))
            let found = try stage.kernel.routes(by: route.maker)
            try expect(found.filter { route.isFound(as: $0) }.count, 1, "\(route) among \(found)")
            // The same again is the same one.
            try stage.kernel.make(.addRoute(route))
            try expect(try stage.kernel.routes(by: route.maker).filter { route.isFound(as: $0) }.count, 1)
        }
        for route in routes {
            // Both as it is wanted and as it was found.
            let found = try stage.kernel.routes(by: route.maker).first { route.isFound(as: $0) }
            try stage.kernel.make(.removeRoute(found ?? route), .removeRoute(route))
            try expect(try stage.kernel.routes(by: route.maker).contains { route.isFound(as: $0) }, false, "\(route)")
        }
    }

    static let routes: [LinkPromise] = [
        LinkPromise("routes of IPv4 of every form are set, found and removed") { stage in
            try stage.kernel.make(.addAddress(try LinkAddress("10.1.0.1/24")))
            try keeps(routes4(), on: stage)
        },
        LinkPromise("routes of IPv6 of every form are set, found and removed") { stage in
            var address = try LinkAddress("2001:db8::1/64")
            address.options = .skipsDuplicateDetection
            try stage.kernel.make(.addAddress(address))
            stage.wait()
            try keeps(routes6(), on: stage)
        },
        LinkPromise("a route is refused whose router, source or interface is not there") { stage in
            try stage.kernel.make(.addAddress(try LinkAddress("10.1.0.1/24")))
            try stage.kernel.refuses(.addRoute(try Route(to: "10.9.0.0/16", via: "10.8.0.1")), with: .refused(101))
            var route = try Route(to: "10.9.0.0/16", via: "10.1.0.2")
            route.source = IPAddress("10.1.0.77")
            try stage.kernel.refuses(.addRoute(route), with: .refused(22))
            let nowhere = try Route(to: "10.9.0.0/16", on: "nowhere")
            try stage.kernel.refuses(.addRoute(nowhere), with: .noInterface("nowhere"))
            try stage.kernel.make(.removeRoute(nowhere))
        },
        LinkPromise("a route goes with its source") { stage in
            try stage.kernel.make(
                .addAddress(try LinkAddress("10.1.0.1/24")),
                .addAddress(try LinkAddress("10.2.0.1/32"))
            )
            var route = try Route(to: "10.9.0.0/16", via: "10.1.0.2")
            route.source = IPAddress("10.2.0.1")
            try stage.kernel.make(.addRoute(route))
            try expect(try stage.kernel.routes().count, 1)
            try stage.kernel.make(.removeAddress(try LinkAddress("10.2.0.1/32")))
            try expect(try stage.kernel.routes(), [])
        },
        LinkPromise("routes of IPv4 go with the last address, and with an interface that is switched off") { stage in
            let address = try LinkAddress("10.1.0.1/24")
            let route = try Route(to: "10.9.0.0/16", via: "10.1.0.2")
            try stage.kernel.make(.addAddress(address), .addRoute(route), .removeAddress(address))
            try expect(try stage.kernel.routes(), [])
            try stage.kernel.make(.addAddress(address), .addRoute(route), .switchLink("eth0", isOn: false))
            try expect(try stage.kernel.routes(), [])
            try stage.kernel.refuses(.addRoute(route), with: .refused(101))
            try stage.kernel.refuses(.addRoute(try Route(to: "10.9.0.0/16")), with: .refused(100))
        },
        LinkPromise("routes are told of whose makers were asked for") { stage in
            _ = try stage.kernel.look(.routes, makers: [18])
            try stage.others.make(.addAddress(try LinkAddress("10.1.0.1/24")))
            var foreign = try Route(to: "10.8.0.0/16", via: "10.1.0.2")
            foreign.maker = 4
            let own = try Route(to: "10.9.0.0/16", via: "10.1.0.2")
            try stage.others.make(.addRoute(foreign), .addRoute(own))
            let told = try stage.kernel.changes { if case .route = $0.subject { true } else { false } }
            let routes = told.compactMap { if case .route(let route) = $0.subject { route } else { nil } }
            try expect(routes.map(\.maker), [18])
            try expect(try stage.kernel.routes().count, 1)
            try stage.others.make(.removeRoute(own))
            _ = try stage.kernel.changes {
                if case .routeGone(let route) = $0.subject { own.isFound(as: route) } else { false }
            }
        },
    ]

    private static func everyRule() throws -> [RoutingRule] {
        var rules: [RoutingRule] = []
        for family in AddressFamily.allCases {
            let (near, far) = family == .ipv4 ? ("10.1.0.0/16", "10.2.0.1/24") : ("2001:db8:1::/48", "2001:db8:2::1/64")
            func rule(_ action: RoutingRule.Action = .lookup(100), _ change: (inout RoutingRule) throws -> Void)
                rethrows
            {
                var rule = RoutingRule(family, priority: UInt32(1000 + rules.count), action: action)
                try change(&rule)
                rules.append(rule)
            }
            try rule { $0.from = try NetworkPrefix(near) }
            try rule(.lookup(70_000)) { $0.to = try NetworkPrefix(far) }
            rule(.jump(5000)) { $0.mark = RoutingRule.Mark(7) }
            rule(.nothing) { $0.mark = RoutingRule.Mark(7, mask: 0xff) }
            rule(.blackhole) { $0.incoming = "eth0" }
            rule(.unreachable) { $0.outgoing = "eth1" }
            rule(.prohibit) { $0.users = RoutingRule.Range(1000, 1999) }
            try rule {
                $0.from = try NetworkPrefix(near)
                $0.isInverted = true
            }
            rule { $0.suppressedPrefixLength = 0 }
            rule { $0.suppressedGroup = 3 }
            rule {
                $0.transport = 6
                $0.sourcePorts = RoutingRule.Range(1, 1023)
                $0.destinationPorts = RoutingRule.Range(80, 80)
            }
            rule { $0.typeOfService = 16 }
            rule { $0.maker = 77 }
            if family == .ipv4 { rule { $0.realms = 5 } }
        }
        return rules
    }

    static let rules: [LinkPromise] = [
        LinkPromise("rules of every form are set once, found and removed") { stage in
            let rules = try everyRule()
            for rule in rules { try stage.kernel.make(.addRule(rule), .addRule(rule)) }
            let found = try stage.kernel.look(.rules, makers: [18, 77]).rules
            for rule in rules {
                try expect(found.filter { $0.asFound == rule.asFound }.count, 1, "\(rule) among \(found)")
            }
            for rule in rules { try stage.kernel.make(.removeRule(rule), .removeRule(rule)) }
            try expect(try stage.kernel.look(.rules, makers: [18, 77]).rules, [])
        },
        LinkPromise("a rule that goes is told of") { stage in
            _ = try stage.kernel.look(.rules, makers: [18])
            let rule = RoutingRule(.ipv4, priority: 100, action: .lookup(100))
            try stage.kernel.make(.addRule(rule))
            try stage.others.make(.removeRule(rule))
            _ = try stage.kernel.changes {
                if case .ruleGone(let gone) = $0.subject { gone.asFound == rule.asFound } else { false }
            }
        },
    ]
}

private func expect<Value: Equatable>(
    _ found: Value,
    _ wanted: Value,
    _ what: @autoclosure () -> String,
    line: UInt = #line
) throws {
    if found != wanted {
        throw BrokenLinkPromise(description: "line \(line): \(what()): found \(found), wanted \(wanted)")
    }
}
