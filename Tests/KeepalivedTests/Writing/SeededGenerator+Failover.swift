import Addresses
import Configuration
import Failover
import IPVS
import Links
import TestKit

// Random configurations of failover, of all that `keepalived.conf` can say.

extension SeededGenerator {
    /// A configuration beside that of a director.
    mutating func failoverConfiguration(beside director: DirectorConfiguration) -> FailoverConfiguration {
        var failover = FailoverConfiguration()
        failover.mail = director.virtualServers.lazy.compactMap(\.mail).first
        failover.mailsNoFaults = once(in: 3)
        failover.repeatsStatesOnReload = once(in: 3)
        failover.dumpVersion = pick(1...2)
        failover.tellsOldLines = once(in: 3)
        if once(in: 3) { failover.statisticsFile = "/run/two words" }
        if once(in: 3) { failover.documentFile = "/run/vrrp.json" }
        failover.pipes = director.process.pipes.filter { _ in once(in: 2) }
        if once(in: 3) {
            failover.pipes.append(
                EventPipe(path: "/run/vrrp.fifo", user: once(in: 2) ? "nobody" : nil, reader: anyProgram())
            )
        }
        failover.scripts = (0..<pick(0...2)).map { script($0) }
        failover.files = (0..<pick(0...2)).map { number in
            var file = TrackedFile("/run/vrrp/\(number)")
            if once(in: 2) { file.beginning = .init(value: Int32(pick(-9...9)), overwrites: once(in: 2)) }
            return NumberedFile("f \(number)", file: file)
        }
        failover.routing = routers(failover, director.virtualServers.compactMap(\.label))
        for router in failover.routing.routers { failover.routerNotices[router.name] = notices() }
        for group in failover.routing.groups { failover.groupNotices[group.name] = notices() }
        if once(in: 4), let router = failover.routing.routers.first {
            failover.synchronisation = FollowingSyncDaemons(
                router: router.name,
                daemon: SyncDaemon(role: .master, interface: "eth5", syncID: UInt32(pick(0...255)), port: 9000)
            )
        }
        return failover
    }

    private mutating func routers(_ failover: FailoverConfiguration, _ servers: [String]) -> RouterSet {
        var routing = RouterSet()
        routing.settings = settings()
        routing.processes = (0..<pick(0...2)).map { processes($0) }
        let count = pick(1...3)
        let hasGroup = count > 1 && once(in: 2)
        if hasGroup {
            var group = SyncGroup("G 1", members: ["VI 0", "VI 1"])
            group.hasWeights = once(in: 2)
            group.trackers.interfaces = [tracker("eth60", isWeighted: true)]
            routing.groups = [group]
        }
        for index in 0..<count {
            var router = router(index, maker: routing.settings.routeMaker)
            let isBound = hasGroup && index < 2 && routing.groups[0].hasWeights == false
            let isWeighted = router.priority != 255 && !isBound
            if index == 0 || once(in: 3) {
                router.trackers.scripts = failover.scripts.map { tracker($0.name, isWeighted: isWeighted) }
                router.trackers.files = failover.files.map { tracker($0.name, isWeighted: isWeighted) }
                router.trackers.processes = routing.processes.map { tracker($0.name, isWeighted: isWeighted) }
            }
            router.trackers.interfaces = (0..<pick(0...2)).map { tracker("eth7\($0)", isWeighted: isWeighted) }
            router.trackers.servers = servers.prefix(pick(0...2)).map { tracker($0, isWeighted: isWeighted) }
            routing.routers.append(router)
        }
        if routing.routers.contains(where: { !$0.acceptsTraffic }), routing.settings.filterTable == nil {
            routing.settings.filterTable = "keepalived"
        }
        addStatics(to: &routing)
        if once(in: 2) {
            var pace = AnnouncementPace(interfaces: ["eth0", "eth9"])
            (pace.arp, pace.neighbour) = (someTime(), someTime())
            routing.paces.append(pace)
        }
        if once(in: 2) {
            var pace = AnnouncementPace(interfaces: [])
            (pace.arp, pace.neighbour) = (someTime(), .zero)
            routing.paces.append(pace)
        }
        if once(in: 2) { routing.interfaceDelays["eth99"] = InterfaceDelays(down: someTime(), up: someTime()) }
        return routing
    }

    private mutating func addStatics(to routing: inout RouterSet) {
        if once(in: 2) { routing.trackGroups["T"] = ["VI 0"] }
        let hasGroup = routing.trackGroups["T"] != nil
        for number in 0..<pick(0...2) {
            var entry = StaticEntry(address(once(in: 2) ? .ipv4 : .ipv6, 900 + number, on: "eth\(pick(0...3))"))
            entry.isTracked = once(in: 2)
            if hasGroup, once(in: 2) { entry.trackGroup = "T" }
            routing.addresses.append(entry)
        }
        for _ in 0..<pick(0...2) {
            var entry = StaticEntry(route(maker: routing.settings.routeMaker))
            entry.isTracked = once(in: 2)
            if hasGroup, once(in: 2) { entry.trackGroup = "T" }
            routing.routes.append(entry)
        }
        for _ in 0..<pick(0...2) {
            var entry = StaticEntry(rule(maker: routing.settings.routeMaker))
            entry.isTracked = once(in: 2)
            routing.rules.append(entry)
        }
    }

    private mutating func settings() -> RouterSettings {
        var settings = RouterSettings()
        if once(in: 2) { settings.startDelay = someTime() }
        if once(in: 3) { settings.bootDelay = someTime() }
        settings.tellsUnknownRouters = once(in: 2)
        if once(in: 2) { settings.realTimePriority = pick(1...99) }
        if once(in: 2) { settings.realTimeLimit = .microseconds(pick(1...90_000)) }
        if once(in: 2) { settings.niceness = pick(-20...19) }
        settings.locksMemory = once(in: 2)
        settings.processors = (0..<pick(0...2)).map { $0 * 3 }
        if once(in: 3) { settings.linkPrefix = "vip" }
        if once(in: 3) { settings.addressLinkPrefix = "va" }
        settings.disablesLocalGroups = once(in: 3)
        if once(in: 3) { settings.routeMaker = UInt8(pick(1...255)) }
        if once(in: 3) { settings.grace = .seconds(pick(0...3600)) }
        if once(in: 3) { settings.filterTable = "mine" }
        if once(in: 3) { settings.filterPriority = Int32(pick(-300...300)) }
        settings.countsFiltered = once(in: 3)
        return settings
    }

    private mutating func router(_ index: Int, maker: UInt8) -> VirtualRouter {
        let family: AddressFamily = once(in: 2) ? .ipv4 : .ipv6
        let isUnicast = once(in: 3)
        let source = once(in: 2) ? virtual(family, 2000 + index) : nil
        var router = VirtualRouter(
            "VI \(index)",
            family: family,
            routerID: UInt8(pick(1...255)),
            interface: "eth\(index)",
            audience: audience(family, index, isUnicast: isUnicast, source: source)
        )
        if isUnicast, source != nil, once(in: 3) {
            router.interface = nil
            if once(in: 2) { router.routingDomain = "blue" }
        }
        router.habits.isStrict = once(in: 4)
        let isStrict = router.habits.isStrict
        router.version = once(in: 2) || isStrict && family == .ipv6 ? .three : .two
        router.priority = once(in: 4) ? 255 : UInt8(pick(1...254))
        router.beginsAsMaster = isStrict ? router.priority == 255 : once(in: 2)
        router.interval = router.version == .two ? .seconds(pick(1...255)) : .milliseconds(10 * pick(1...4095))
        router.downCount = isStrict ? 3 : pick(1...100)
        router.authentication = authentication(router)
        router.addresses = (0..<pick(0...3)).map { virtualAddress(family, index * 100 + $0, of: router) }
        router.unadvertisedAddresses = (0..<pick(0...2)).map {
            virtualAddress(once(in: 2) ? .ipv4 : .ipv6, index * 100 + 50 + $0, of: router)
        }
        router.routes = (0..<pick(0...2)).map { _ in
            var route = VirtualRoute(route(maker: maker))
            route.isTracked = once(in: 2)
            return route
        }
        router.rules = (0..<pick(0...2)).map { _ in
            var rule = VirtualRule(rule(maker: maker))
            rule.isTracked = once(in: 2)
            return rule
        }
        if router.interface != nil { router.link = link(router, isUnicast: isUnicast) }
        if !router.beginsAsMaster, router.priority != 255 {
            let kinds: [Preemption] = [
                .atOnce, .never, isStrict ? .atOnce : .after(someTime()),
                .afterSynchronisation(limit: .seconds(pick(1...86_400))),
            ]
            router.preemption = kinds[pick(0...3)]
        }
        router.announcements = announcements(isStrict: isStrict)
        setHabits(of: &router, isUnicast: isUnicast)
        router.tracksInterface = once(in: 2)
        router.tracksSource = source != nil && once(in: 2)
        router.promotesSecondaries = router.link == nil && once(in: 3)
        if router.priority != 255 {
            router.acceptsTraffic = isStrict ? router.version == .three && once(in: 2) : once(in: 2)
        }
        if once(in: 3) { router.receiveBuffer = pick(0...1_000_000) }
        return router
    }

    private mutating func setHabits(of router: inout VirtualRouter, isUnicast: Bool) {
        router.habits.trustsKnownMaster = once(in: 2)
        router.habits.ignoresOthersAsOwner = once(in: 2)
        router.habits.yieldsAfterStall = router.preemption == .never && once(in: 2)
        router.habits.answersLowerPriority = !router.habits.isStrict && once(in: 2)
        router.habits.advertisesBeforeYielding = !router.habits.isStrict && once(in: 2)
        if router.version == .three, router.family == .ipv4 {
            router.checksum = once(in: 2) ? .messageOnly : isUnicast ? .oldUnicast : .standard
        }
    }

    private mutating func audience(_ family: AddressFamily, _ index: Int, isUnicast: Bool, source: IPAddress?)
        -> Audience
    {
        guard isUnicast else {
            let groups: [AddressFamily: [String]] = [
                .ipv4: ["224.0.0.18", "224.0.0.99"], .ipv6: ["ff02::12", "ff02::99"],
            ]
            let group = groups[family].flatMap { IPAddress($0[pick(0...1)]) } ?? .any(family)
            return .multicast(MulticastSettings(group: group, source: source))
        }
        var settings = UnicastSettings(source: source, peers: [])
        settings.peers = (0..<pick(1...3)).map { number in
            let least = UInt8(pick(0...255))
            let hops = once(in: 2) ? least...UInt8(pick(Int(least)...255)) : nil
            return UnicastSettings.Peer(virtual(family, 3000 + index * 10 + number), hops: hops)
        }
        if once(in: 2) { settings.hops = UInt8(pick(0...255)) }
        settings.refusesStrangers = settings.peers.contains { $0.hops != nil } || once(in: 2)
        settings.failsWithoutPeers = once(in: 2)
        return .unicast(settings)
    }

    private mutating func authentication(_ router: VirtualRouter) -> Authentication? {
        let key = Array(["one", "two words", "#!{}", "12345678"][pick(0...3)].utf8.prefix(8))
        switch pick(0...4) {
        case 0 where router.version == .two && !router.habits.isStrict: return .password(key)
        case 1 where router.version == .two && !router.habits.isStrict && router.family == .ipv4: return .header(key)
        case 2:
            let keys = (0..<pick(1...2)).map { number in
                (UInt8(number + 1), (0..<pick(32...64)).map { _ in UInt8(pick(0...255)) })
            }
            var settings = TrailerSettings(keys: Dictionary(uniqueKeysWithValues: keys), activeKey: 1)
            settings.mode = router.habits.isStrict ? .enforced : [.enforced, .permissive, .receiveOnly][pick(0...2)]
            if once(in: 2) { settings.timeWindow = .seconds(pick(1...300)) }
            return .trailer(settings)
        default: return nil
        }
    }

    private mutating func link(_ router: VirtualRouter, isUnicast: Bool) -> VirtualLink? {
        switch pick(0...3) {
        case 0:
            var settings = MacvlanSettings()
            if once(in: 2) { settings.name = "vip.\(router.routerID)" }
            if once(in: 2) { settings.hardwareAddress = [2] + (0..<5).map { _ in UInt8(pick(0...255)) } }
            if once(in: 2) { settings.group = UInt32(pick(0...99)) }
            settings.advertisesFromParent = isUnicast || !router.habits.isStrict && once(in: 2)
            if router.habits.isStrict, isUnicast { return nil }
            return .macvlan(settings)
        case 1:
            var settings = IpvlanSettings()
            if once(in: 2) { settings.name = "ipv" }
            (settings.address, settings.prefixLength) = (virtual(router.family, 4000), router.family == .ipv4 ? 24 : 64)
            settings.mode = [.bridge, .isolated, .vepa][pick(0...2)]
            return .ipvlan(settings)
        default: return nil
        }
    }

    private mutating func announcements(isStrict: Bool) -> AnnouncementSettings {
        var settings = AnnouncementSettings()
        (settings.rounds, settings.delay) = (pick(1...255), once(in: 2) ? .zero : someTime())
        (settings.refresh, settings.refreshRounds) = (once(in: 2) ? .zero : someTime(), pick(1...255))
        (settings.roundsAfterLower, settings.delayAfterLower) =
            isStrict ? (0, .zero) : (pick(0...255), once(in: 2) ? .zero : someTime())
        (settings.extraInterval, settings.extraOnAll) = (once(in: 2) ? .zero : someTime(), once(in: 2))
        return settings
    }

    private mutating func virtualAddress(_ family: AddressFamily, _ number: Int, of router: VirtualRouter)
        -> VirtualAddress
    {
        let isElsewhere = router.interface == nil || once(in: 3)
        let interface = isElsewhere ? "eth40" : router.interface ?? "eth40"
        var virtual = VirtualAddress(address(family, number, on: interface))
        virtual.isTracked = once(in: 2)
        virtual.hasOwnLink = (isElsewhere || family != router.family) && once(in: 2)
        return virtual
    }

    private mutating func address(_ family: AddressFamily, _ number: Int, on interface: String) -> LinkAddress {
        let length = UInt8(family == .ipv4 ? pick(1...32) : pick(1...128))
        var address = LinkAddress(virtual(family, number), prefixLength: length, on: interface)
        if once(in: 4) { address.peer = virtual(family, 5000 + number) }
        if once(in: 3) { address.preferredLifetime = UInt32(pick(0...1000)) }
        if once(in: 3) { address.options.insert(.hasNoPrefixRoute) }
        if once(in: 3) { address.options.insert(.joinsGroup) }
        switch family {
        case .ipv4:
            address.scope = UInt8(pick(0...255))
            if once(in: 3) { address.label = "\(interface):a b" }
            if once(in: 3) { address.broadcast = IPv4Address(value: UInt32(pick(1...100_000))) }
        case .ipv6:
            if once(in: 2) { address.options.insert(.skipsDuplicateDetection) }
            if once(in: 3) { address.options.insert(.home) }
            if once(in: 3) { address.options.insert(.managesTemporaries) }
        }
        return address
    }

    private mutating func prefix(_ family: AddressFamily) -> NetworkPrefix {
        switch family {
        case .ipv4:
            let length = pick(1...32)
            let value = UInt32(pick(0...Int(UInt32.max))) & ~(length == 32 ? 0 : UInt32.max >> UInt32(length))
            return NetworkPrefix(.v4(IPv4Address(value: value)), length: UInt8(length))
        case .ipv6:
            let length = pick(1...64)
            let high =
                UInt64.random(in: 0...UInt64.max, using: &self) & ~(length == 64 ? 0 : UInt64.max >> UInt64(length))
            return NetworkPrefix(.v6(IPv6Address(high: high, low: 0)), length: UInt8(length))
        }
    }

    private mutating func route(maker: UInt8) -> Route {
        let family: AddressFamily = once(in: 2) ? .ipv4 : .ipv6
        var route = Route(family, to: once(in: 4) ? nil : prefix(family))
        route.maker = once(in: 4) ? UInt8(pick(1...255)) : maker
        if once(in: 3) {
            route.kind = [.local, .broadcast, .multicast, .blackhole, .unreachable, .prohibit, .throw][pick(0...6)]
        } else {
            route.hops = (0..<pick(1...3)).map { _ in hop(family) }
            if route.hops.count == 1, once(in: 2) { route.hops[0].weight = 1 }
        }
        if once(in: 3) { route.from = prefix(family) }
        if once(in: 3) { route.source = virtual(family, pick(1...999)) }
        if once(in: 2) { route.table = UInt32(pick(1...100_000)) }
        if once(in: 3) { route.scope = UInt8(pick(0...255)) }
        if once(in: 3) { route.priority = UInt32(pick(0...100_000)) }
        if once(in: 3) { route.typeOfService = UInt8(pick(1...255)) }
        if once(in: 3) { route.preference = [.low, .medium, .high][pick(0...2)] }
        if once(in: 3) { route.realms = UInt32(pick(0...Int(UInt32.max))) }
        if family == .ipv6, once(in: 3) { route.lifetime = UInt32(pick(0...1000)) }
        let values: [(UInt16, UInt32)] = [
            (2, 1400), (3, 5), (4, 16_000), (5, 40), (6, 7), (7, 8), (8, 1000), (9, 3), (10, 64), (11, 10), (12, 1),
            (13, 5),
            (14, 9), (15, 1), (17, 0),
        ]
        let chosen = values.filter { _ in once(in: 4) }
        let locks = chosen.filter { _ in once(in: 3) }.reduce(UInt32(0)) { $0 | 1 << UInt32($1.0) }
        let all = (locks == 0 ? [] : [(UInt16(1), locks)]) + chosen
        route.metrics = all.map { Route.Metric(kind: $0.0, value: $0.1) }
        return route
    }

    private mutating func hop(_ family: AddressFamily) -> Route.Hop {
        var hop = Route.Hop(gateway: virtual(once(in: 5) ? .ipv6 : family, pick(1...999)))
        if once(in: 2) { hop.interface = "eth\(pick(0...9))" }
        hop.isOnLink = once(in: 3)
        hop.weight = UInt16(pick(1...256))
        return hop
    }

    private mutating func rule(maker: UInt8) -> RoutingRule {
        let actions: [RoutingRule.Action] = [
            .lookup(UInt32(pick(1...100_000))), .jump(UInt32(pick(1...32_000))), .nothing, .blackhole, .unreachable,
            .prohibit,
        ]
        let family: AddressFamily = once(in: 2) ? .ipv4 : .ipv6
        var rule = RoutingRule(family, priority: UInt32(pick(0...32_767)), action: actions[pick(0...5)])
        rule.isInverted = once(in: 3)
        rule.maker = once(in: 4) ? UInt8(pick(1...255)) : maker
        if once(in: 2) { rule.from = prefix(family) }
        if once(in: 2) { rule.to = prefix(family) }
        if once(in: 3) { rule.incoming = "eth1" }
        if once(in: 3) { rule.outgoing = "eth2" }
        if once(in: 3) { rule.mark = RoutingRule.Mark(UInt32(pick(0...1000)), mask: once(in: 2) ? .max : 0xff) }
        if once(in: 3) { rule.typeOfService = UInt8(pick(1...255)) }
        if once(in: 3) { rule.realms = UInt32(pick(0...Int(UInt32.max))) }
        if once(in: 3) { rule.suppressedPrefixLength = UInt32(pick(0...128)) }
        if once(in: 3) { rule.suppressedGroup = UInt32(pick(0...1000)) }
        if once(in: 3) { rule.users = RoutingRule.Range(UInt32(pick(0...10)), UInt32(pick(10...70_000))) }
        if once(in: 3) { rule.transport = UInt8(pick(0...255)) }
        if once(in: 3) { rule.sourcePorts = RoutingRule.Range(UInt32(pick(0...10)), UInt32(pick(10...65_535))) }
        if once(in: 3) { rule.destinationPorts = RoutingRule.Range(80, 80) }
        rule.usesInterfaceTable = once(in: 3)
        return rule
    }

    private mutating func script(_ number: Int) -> TrackedScript {
        var script = TrackedScript("s \(number)", program: anyProgram(), interval: someTime())
        (script.timeout, script.rise, script.fall) = (someTime(), pick(1...9), pick(1...9))
        script.beginsFailed = once(in: 2)
        return script
    }

    private mutating func processes(_ number: Int) -> TrackedProcesses {
        var set = TrackedProcesses("p \(number)", command: ["haproxy", "/usr/bin/two words"][pick(0...1)])
        set.parameters = (0..<pick(0...2)).map { ["-Ws", "two words"][$0] }
        if !set.parameters.isEmpty { set.match = [.exact, .initial, .partial][pick(0...2)] }
        if set.parameters.isEmpty, once(in: 2) { set.match = .exact }
        set.comparesWholeCommand = set.match != nil || once(in: 2)
        if once(in: 2) { set.most = pick(0...9) }
        set.quorum = set.most.map { $0 == 0 ? 0 : pick(1...$0) } ?? pick(1...9)
        (set.startDelay, set.endDelay) = (once(in: 2) ? .zero : someTime(), once(in: 2) ? .zero : someTime())
        return set
    }

    private mutating func tracker(_ name: String, isWeighted: Bool) -> Tracker {
        Tracker(name, weight: isWeighted && once(in: 2) ? pick(-253...253) : 0, isReversed: once(in: 2))
    }

    private mutating func notices() -> FailoverNotices {
        var notices = FailoverNotices()
        if once(in: 3) { notices.master = anyProgram() }
        if once(in: 3) { notices.backup = anyProgram() }
        if once(in: 3) { notices.fault = anyProgram() }
        if once(in: 3) { notices.stop = anyProgram() }
        if once(in: 3) { notices.deleted = anyProgram() }
        notices.tellsDeletion = notices.deleted != nil || once(in: 3)
        if once(in: 3) { notices.any = anyProgram() }
        if once(in: 3) { notices.lowerPriority = anyProgram() }
        (notices.tellsPriorities, notices.sendsMail) = (once(in: 2), once(in: 2))
        return notices
    }

    private mutating func anyProgram() -> NoticeProgram {
        let words = ["/bin/tell", "two words", "$HOME", "a\"b"].prefix(pick(1...4))
        var program = NoticeProgram(.words(Array(words)), user: once(in: 2) ? "nobody" : nil)
        if program.user != nil, once(in: 2) { program.group = "nogroup" }
        return program
    }

    private mutating func someTime() -> Duration {
        once(in: 2) ? .seconds(pick(1...100)) : .microseconds(pick(1000...90_000_000))
    }

    private mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    private func virtual(_ family: AddressFamily, _ number: Int) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(value: 0x0ac8_0000 + UInt32(number)))
        case .ipv6: .v6(IPv6Address(high: 0xfd00_00c8 << 32, low: UInt64(number)))
        }
    }
}
