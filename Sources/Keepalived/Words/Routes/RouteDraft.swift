import Addresses
import Links

/// A route while its words are read.
struct RouteDraft {
    var words = RouteWords(Route(.ipv4, to: nil))
    /// The family that the line names.
    var family: AddressFamily?
    var from: RouteTarget?
    /// What holds for IPv6 alone, with its word.
    var lifetime: (seconds: UInt32, word: Word)?
    /// The way that words belong to.
    var hop = Route.Hop()
    private(set) var hasDestination = false
    /// Whether the way is one of several.
    private(set) var isInHop = false
    private var destination: RouteTarget?
    private var hops: [Route.Hop] = []
    private var metrics: [UInt16: UInt32] = [:]
    private var locks: UInt32 = 0

    mutating func setDestination(_ target: RouteTarget) {
        destination = target
        hasDestination = true
    }

    /// Begins one of several ways; whether it may stand there.
    mutating func beginHop(_ word: Word, _ findings: inout Findings) -> Bool {
        if isInHop {
            hops.append(hop)
        } else if hop != Route.Hop() {
            findings.error("nexthop stands beside a way that is alone", at: word)
            return false
        }
        hop = Route.Hop()
        isInHop = true
        return true
    }

    /// Adds a second way by another router.
    mutating func addAlternative(_ gateway: IPAddress) {
        hops.append(hop)
        hop = Route.Hop(gateway: gateway, interface: hop.interface)
    }

    mutating func set(_ metric: RouteMetric, _ value: UInt32, isLocked: Bool) {
        metrics[metric.number] = value
        if isLocked { locks |= 1 << UInt32(metric.number) }
    }

    /// The whole route; nil where it cannot be one, which is told.
    mutating func route(at place: Word, _ findings: inout Findings) -> RouteWords? {
        guard hasDestination else {
            findings.error("a route without a destination", at: place, expected: "ADDRESS/LENGTH or default")
            return nil
        }
        if hop != Route.Hop() || isInHop { hops.append(hop) }
        // An interface that is named once holds for both ways of the old form.
        if !isInHop, hops.count > 1, let interface = hops.last?.interface {
            for index in hops.indices where hops[index].interface == nil { hops[index].interface = interface }
        }
        var families = [family, destination?.family, from?.family, words.route.source?.family].compactMap { $0 }
        // A next router may be of the other family where the destination says its own.
        if families.isEmpty { families += hops.compactMap { $0.gateway?.family } }
        let family = families.first ?? .ipv4
        guard families.allSatisfy({ $0 == family }) else {
            findings.error("addresses of both families in one route", at: place)
            return nil
        }
        let needsWay = words.route.kind == .unicast
        guard !needsWay || hops.contains(where: { $0.gateway != nil || $0.interface != nil }) else {
            findings.error("a route that leads nowhere", at: place, expected: "via ADDRESS or dev INTERFACE")
            return nil
        }
        words.route.family = family
        words.route.destination = destination?.network
        words.route.from = from?.network
        words.route.hops = hops
        if let lifetime {
            if family == .ipv6 {
                words.route.lifetime = lifetime.seconds
            } else {
                findings.warning("expires does nothing with IPv4", at: lifetime.word)
            }
        }
        if locks != 0 { metrics[RouteMetric.lock] = locks }
        words.route.metrics = metrics.sorted { $0.key < $1.key }.map { Route.Metric(kind: $0.key, value: $0.value) }
        return words
    }
}
