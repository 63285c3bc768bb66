import Addresses
import Configuration
import Diagnostics
import Failover
import Links
import Testing

/// What lines of routes and rules mean.
struct RouteReadingTests {
    private func route(_ line: String, files: [String: String] = [:]) throws -> Route {
        let file = ReadFile("virtual_routes {\n\(line)\n}", files: files)
        return try #require(try file.router().routes.first).route
    }

    private func rule(_ line: String, files: [String: String] = [:]) throws -> RoutingRule {
        let file = ReadFile("virtual_rules {\n\(line)\n}", files: files)
        return try #require(try file.router().rules.first).rule
    }

    private static func prefix(_ text: String, _ length: UInt8) throws -> NetworkPrefix {
        NetworkPrefix(try #require(IPAddress(text)), length: length)
    }

    @Test func routesOfTheWild() throws {
        var plain = Route(.ipv4, to: try Self.prefix("172.16.0.0", 12))
        plain.hops = [Route.Hop(gateway: IPAddress("10.9.0.2"), interface: "eth0")]
        #expect(try route("172.16.0.0/12 via 10.9.0.2 dev eth0") == plain)
        var all = Route(.ipv4, to: nil)
        all.hops = [Route.Hop(gateway: IPAddress("10.9.0.1"))]
        all.table = 100
        #expect(try route("0.0.0.0/0 gw 10.9.0.1 table 100") == all)
        all.table = 254
        #expect(try route("default via 10.9.0.1 table main") == all)
        var source = Route(.ipv4, to: try Self.prefix("10.5.0.0", 16))
        source.source = IPAddress("10.9.0.100")
        source.hops = [Route.Hop(gateway: IPAddress("10.9.0.2"), interface: "eth0")]
        #expect(try route("src 10.9.0.100 to 10.5.0.0/16 via 10.9.0.2 dev eth0") == source)
        var link = Route(.ipv4, to: try Self.prefix("10.7.0.0", 16))
        (link.hops, link.scope) = ([Route.Hop(interface: "eth0")], 253)
        #expect(try route("10.7.0.0/16 dev eth0 scope link") == link)
        var hole = Route(.ipv4, to: try Self.prefix("10.8.0.0", 16))
        (hole.kind, hole.priority) = (.blackhole, 5)
        #expect(try route("blackhole 10.8.0.0/16 metric 5") == hole)
        var six = Route(.ipv6, to: nil)
        six.hops = [Route.Hop(gateway: IPAddress("fe80::1"), interface: "eth0")]
        #expect(try route("default via fe80::1 dev eth0") == six)
        #expect(try route("inet6 default via fe80::1 dev eth0") == six)
    }

    @Test func severalWays() throws {
        let route = try route(
            "10.4.0.0/16 nexthop via 10.9.0.4 weight 2 nexthop via 10.9.0.5 dev eth0 onlink weight 256"
        )
        var (first, second) = (Route.Hop(gateway: IPAddress("10.9.0.4")), Route.Hop(gateway: IPAddress("10.9.0.5")))
        first.weight = 2
        (second.interface, second.isOnLink, second.weight) = ("eth0", true, 256)
        #expect(route.hops == [first, second])
        // The old form.
        let old = try self.route("10.0.0.0/8 via 10.9.0.2 or 10.9.0.3 dev eth0")
        #expect(
            old.hops == [
                Route.Hop(gateway: IPAddress("10.9.0.2"), interface: "eth0"),
                Route.Hop(gateway: IPAddress("10.9.0.3"), interface: "eth0"),
            ]
        )
    }

    /// The units of `ip route`: what has one is in milliseconds, and the kernel counts round trips in eighths.
    @Test func numbersOfTCP() throws {
        let route = try route(
            "10.7.0.0/16 dev eth0 rto_min 5ms mtu lock 1400 rtt 2s rttvar 10ms hoplimit 10 features ecn quickack 1 initcwnd 10"
        )
        #expect(
            route.metrics == [
                .init(kind: 1, value: 1 << 2), .init(kind: 2, value: 1400), .init(kind: 4, value: 16_000),
                .init(kind: 5, value: 40), .init(kind: 10, value: 10), .init(kind: 11, value: 10),
                .init(kind: 12, value: 1), .init(kind: 13, value: 5), .init(kind: 15, value: 1),
            ]
        )
        #expect(ReadFile("virtual_routes {\n10.7.0.0/16 dev eth0 hoplimit 256\n}").errors.count == 1)
    }

    /// Names are those of the files of iproute2, of which the one in /etc counts where both have it.
    @Test func names() throws {
        let files = [
            "/usr/share/iproute2/rt_tables": "# reserved\n255 local\n200 blue\n",
            "/etc/iproute2/rt_tables": "0x12d\tblue\n",
            "/etc/iproute2/rt_protos": "12 bird # a router\nnonsense\n", "/etc/iproute2/rt_realms": "5 here\n",
        ]
        let route = try route("10.7.0.0/16 dev eth0 table blue protocol bird realms here/0x10 tos 0x10", files: files)
        #expect(route.table == 301 && route.maker == 12 && route.realms == 5 << 16 | 16 && route.typeOfService == 16)
        #expect(try rule("from 10.7.0.0/16 lookup blue priority 7", files: files).action == .lookup(301))
        let file = ReadFile("virtual_routes {\n10.7.0.0/16 dev eth0 table red\n}", files: files)
        #expect(file.errors == ["there is no routing table red"])
        #expect(file.loaded.diagnostics.first.map { [$0.line, $0.column] } == [6, 28])
        // Elsewhere, when the file says so.
        let moved = ReadFile(
            "virtual_routes {\n10.7.0.0/16 dev eth0 table green\n}",
            before: "global_defs {\niproute_etc_dir /opt/iproute2\n}",
            files: ["/opt/iproute2/rt_tables": "9 green\n"]
        )
        #expect(try moved.router().routes.first?.route.table == 9)
    }

    @Test func bitsBeyondALengthDoNotCount() throws {
        let file = ReadFile("virtual_routes {\n10.7.1.1/16 dev eth0\n}")
        #expect(try file.router().routes.first?.route.destination == Self.prefix("10.7.0.0", 16))
        #expect(file.messages.count == 1)
    }

    @Test func rulesOfTheWild() throws {
        var plain = RoutingRule(.ipv4, priority: 100, action: .lookup(5))
        plain.from = try Self.prefix("10.9.0.0", 24)
        #expect(try rule("from 10.9.0.0/24 table 5 priority 100") == plain)
        #expect(
            try rule("to all lookup 250 priority 32770") == RoutingRule(.ipv4, priority: 32770, action: .lookup(250))
        )
        var full = RoutingRule(.ipv4, priority: 88, action: .jump(4000))
        (full.isInverted, full.incoming, full.outgoing, full.transport) = (true, "eth0", "eth1", 17)
        (full.mark, full.users) = (RoutingRule.Mark(24, mask: 12), RoutingRule.Range(10, 20))
        (full.sourcePorts, full.destinationPorts) = (RoutingRule.Range(10, 20), RoutingRule.Range(30, 30))
        (full.suppressedPrefixLength, full.usesInterfaceTable, full.typeOfService) = (0, true, 16)
        full.from = try Self.prefix("10.0.0.0", 8)
        #expect(
            try rule(
                "not from 10.0.0.0/8 iif eth0 oif eth1 fwmark 0x18/12 uidrange 10-20 sport 10-20 dport 30 ipproto udp l3mdev "
                    + "suppress_prefixlength 0 tos 0x10 goto 4000 preference 88"
            ) == full
        )
        #expect(try rule("from 10.0.0.0/8 type blackhole priority 9").action == .blackhole)
        #expect(try rule("inet6 from all unreachable priority 9").family == .ipv6)
    }

    /// As keepalived: downwards from 16384, in the order of the file, with a warning each.
    @Test func rulesWithoutAPriorityGetOne() throws {
        let file = ReadFile(
            "virtual_rules {\nfrom 10.0.0.0/8 table 5\nfrom 10.1.0.0/16 table 5 priority 7\nto 10.2.0.0/16 table 6\n}",
            before: "static_rules {\nfrom 10.3.0.0/16 table 9\n}"
        )
        #expect(file.loaded.failover?.routing.rules.map(\.entry.priority) == [16384])
        #expect(try file.router().rules.map(\.rule.priority) == [16383, 7, 16382])
        #expect(file.loaded.diagnostics.map(\.line) == [2, 8, 10])
    }

    @Test func whatStaysIsTracked() throws {
        let file = ReadFile(
            before: """
                static_ipaddress {
                10.7.0.1/24 dev eth1 track_group UP
                10.7.0.2/24 no_track
                }
                static_routes {
                10.77.0.0/16 via 10.7.0.9 dev eth1 no_track
                }
                track_group UP {
                group {
                VI_1
                }
                }
                """
        )
        let routing = try #require(file.loaded.failover?.routing, "\(file.messages)")
        #expect(routing.addresses.map(\.trackGroup) == ["UP", nil])
        #expect(routing.addresses.map(\.isTracked) == [true, false])
        #expect(routing.addresses.map(\.entry.interface) == ["eth1", "eth0"])
        #expect(routing.routes.map(\.isTracked) == [false] && routing.trackGroups == ["UP": ["VI_1"]])
        #expect(ReadFile(before: "static_ipaddress {\n10.7.0.1 track_group NO\n}").errors.count == 1)
    }
}
