import Addresses
import Failover
import Links

extension RouterSet {
    /// A set in which most of what there is occurs.
    static var sample: RouterSet {
        var set = RouterSet()
        let group = IPAddress.v4(IPv4Address(value: 0xe000_0012))
        var first = VirtualRouter(
            "VI_1",
            family: .ipv4,
            routerID: 51,
            interface: "eth0",
            audience: .multicast(MulticastSettings(group: group))
        )
        first.authentication = .password(Array("secret".utf8))
        first.addresses = [
            VirtualAddress(LinkAddress(.v4(IPv4Address(value: 0x0a00_0064)), prefixLength: 24, on: "eth0"))
        ]
        first.routes = [VirtualRoute(Route(.ipv4, to: nil))]
        first.rules = [VirtualRule(RoutingRule(.ipv4, priority: 100, action: .lookup(7)))]
        first.preemption = .after(.seconds(5))
        first.trackers.scripts = [Tracker("check", weight: -20)]
        first.link = .macvlan(MacvlanSettings())
        let peer = IPAddress.v6(IPv6Address(high: 0xfd00_0000_0000_0000, low: 2))
        var second = VirtualRouter(
            "VI_2",
            family: .ipv6,
            routerID: 52,
            interface: "eth1",
            audience: .unicast(UnicastSettings(source: nil, peers: [.init(peer, hops: 250...255)]))
        )
        second.version = .three
        second.interval = .milliseconds(100)
        second.authentication = .trailer(TrailerSettings(keys: [1: Array(repeating: 7, count: 32)], activeKey: 1))
        set.routers = [first, second]
        set.groups = [SyncGroup("G", members: ["VI_1", "VI_2"])]
        set.addresses = [StaticEntry(LinkAddress(.v4(IPv4Address(value: 0x0a00_00c8)), on: "lo"))]
        set.trackGroups = ["statics": ["VI_1"]]
        set.processes = [TrackedProcesses("haproxy", command: "haproxy")]
        set.interfaceDelays = ["eth0": InterfaceDelays(down: .seconds(1), up: .milliseconds(500))]
        set.settings.realTimePriority = 50
        return set
    }
}
