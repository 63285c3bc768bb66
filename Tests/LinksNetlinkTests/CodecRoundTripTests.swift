import Addresses
import LinkStages
import Links
import Netlink
import TestKit
import Testing

@testable import LinksNetlink

/// What is written as a request reads as the same value, because the kernel tells it in the same form; the argument is the seed.
struct CodecRoundTripTests {
    private static let names: [UInt32: String] = [1: "lo", 2: "eth0", 3: "vrrp.51"]

    private func read<Value>(
        _ type: UInt16,
        _ body: (inout MessageWriter) -> Void,
        _ decode: (MessageContents, RawSpan) throws -> Value?
    ) throws -> Value? {
        var writer = MessageWriter()
        writer.message(type: type, flags: .none, sequence: 1, body: body)
        let bytes = writer.bytes
        #expect(bytes.count % 4 == 0)
        var cursor = MessageCursor()
        let message = try #require(try cursor.next(in: bytes.span.bytes))
        #expect(message.contents.type == type)
        return try decode(message.contents, bytes.span.bytes)
    }

    @Test(arguments: [UInt64](1...300))
    func anAddress(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let address = random.linkAddress()
        let found = try read(MessageType.newAddress, { $0.addressRequest(address, interface: 2, lifetime: 77) }) {
            try AddressDecoder.address($0, of: $1, names: Self.names)
        }
        // Lifetimes are written when there is one of them.
        #expect(found?.address == address)
        #expect(found?.interface == 2)
        #expect(found?.lifetime == 77)
    }

    @Test(arguments: [UInt64](1...300))
    func aRoute(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var route = random.route()
        let indices = route.hops.map { hop in Self.names.first { $0.value == hop.interface }?.key ?? 0 }
        let found = try read(MessageType.newRoute, { $0.routeRequest(route, indices: indices) }) {
            try RouteDecoder.route($0, of: $1, names: Self.names)
        }
        route.scope = route.scope ?? route.impliedScope
        // The kernel tells the time that is left elsewhere.
        route.lifetime = nil
        #expect(found == route)
    }

    @Test(arguments: [UInt64](1...300))
    func aRule(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rule = random.rule()
        let found = try read(MessageType.newRule, { $0.ruleRequest(rule) }) { try RuleDecoder.rule($0, of: $1) }
        #expect(found?.asFound == rule.asFound)
    }

    @Test func aLink() throws {
        let mac: [UInt8] = [0, 0, 0x5e, 0, 1, 51]
        var link = MadeLink("vrrp.51", on: "eth0", .macvlan(hardwareAddress: mac), family: .ipv4)
        link.group = 7
        let found = try read(
            MessageType.newLink,
            { writer in
                // The kernel's answer has a number.
                var inner = MessageWriter()
                inner.newLink(link, name: "vrrp1.51", parent: 2)
                writer.linkHeader(3)
                for byte in inner.bytes.dropFirst(HeaderLength.link) { writer.append(byte) }
            },
            { try LinkDecoder.interface($0, of: $1) }
        )
        var wanted = InterfaceState(index: 3, name: "vrrp1.51")
        wanted.hardwareAddress = mac
        wanted.kind = .macvlan(isPrivate: true)
        wanted.parent = 2
        wanted.group = 7
        #expect(found == wanted)
    }
}

extension SeededGenerator {
    private mutating func address(_ family: AddressFamily) -> IPAddress {
        family == .ipv4
            ? .v4(IPv4Address(value: .random(in: 1 ... .max, using: &self)))
            : .v6(IPv6Address(high: next() | 1, low: next()))
    }

    private mutating func family() -> AddressFamily { once(in: 2) ? .ipv4 : .ipv6 }

    private mutating func number(_ last: UInt32 = .max - 1) -> UInt32 { .random(in: 1...last, using: &self) }

    private mutating func prefix(_ family: AddressFamily) -> NetworkPrefix? {
        if once(in: 3) { return nil }
        return NetworkPrefix(address(family), length: .random(in: 1...family.bits, using: &self))
    }

    mutating func linkAddress() -> LinkAddress {
        let family = family()
        var found = LinkAddress(address(family), prefixLength: .random(in: 1...family.bits, using: &self), on: "eth0")
        found.scope = [0, 200, 253, 254][Int.random(in: 0..<4, using: &self)]
        found.options = LinkAddress.Options(rawValue: .random(in: 0..<32, using: &self))
        if once(in: 3) { found.peer = address(family) }
        if family == .ipv4, once(in: 2) { found.label = "eth0:\(number(99))" }
        if family == .ipv4, once(in: 2) { found.broadcast = IPv4Address(value: number()) }
        if once(in: 2) { found.preferredLifetime = once(in: 2) ? 0 : number() }
        return found
    }

    mutating func route() -> Route {
        let family = family()
        var route = Route(family, to: prefix(family))
        route.kind = once(in: 3) ? .blackhole : .unicast
        if route.kind == .unicast {
            for _ in 0..<Int.random(in: 1...3, using: &self) {
                var hop = Route.Hop(gateway: address(self.family()), interface: once(in: 2) ? "eth0" : "vrrp.51")
                hop.isOnLink = once(in: 2)
                route.hops.append(hop)
            }
            if route.hops.count > 1 {
                for place in route.hops.indices { route.hops[place].weight = UInt16(number(256)) }
            }
        }
        if family == .ipv6, once(in: 3) { route.from = prefix(family) }
        if once(in: 2) { route.source = address(family) }
        route.table = once(in: 2) ? number() : 254
        route.maker = UInt8(number(255))
        if once(in: 2) { route.scope = 253 }
        if once(in: 2) { route.priority = number() }
        route.typeOfService = UInt8(number(255))
        if once(in: 3) { route.preference = .high }
        if once(in: 3) { route.realms = number() }
        if once(in: 3) { route.lifetime = number() }
        route.metrics = (1...3).filter { _ in once(in: 2) }.map { Route.Metric(kind: $0, value: number()) }
        return route
    }

    mutating func rule() -> RoutingRule {
        let family = family()
        let actions: [RoutingRule.Action] = [
            .lookup(number()), .jump(number()), .nothing, .blackhole, .unreachable, .prohibit,
        ]
        var rule = RoutingRule(family, priority: number(), action: actions[Int.random(in: 0..<6, using: &self)])
        rule.isInverted = once(in: 2)
        rule.from = prefix(family)
        rule.to = prefix(family)
        if once(in: 2) { rule.incoming = "eth0" }
        if once(in: 2) { rule.outgoing = "vrrp.51" }
        if once(in: 2) { rule.mark = RoutingRule.Mark(number(), mask: number()) }
        rule.typeOfService = UInt8(number(255))
        if once(in: 2) { rule.realms = number() }
        if once(in: 2) { rule.suppressedPrefixLength = number(128) }
        if once(in: 2) { rule.suppressedGroup = number() }
        if once(in: 2) { rule.users = RoutingRule.Range(number(), number()) }
        if once(in: 2) { rule.transport = UInt8(number(255)) }
        if once(in: 2) { rule.sourcePorts = RoutingRule.Range(number(65535), number(65535)) }
        if once(in: 2) { rule.destinationPorts = RoutingRule.Range(number(65535), number(65535)) }
        rule.maker = UInt8(number(255))
        return rule
    }
}
