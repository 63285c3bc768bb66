import Addresses
package import Failover
import Links

extension VirtualRouter {
    /// A router of version 2 on `eth0` with the address 10.0.0.100, changed as the body says.
    package static func simulated(
        _ name: String = "VI_1",
        id: UInt8 = 51,
        priority: UInt8 = 100,
        on interface: String = "eth0",
        addresses: [String] = ["10.0.0.100"],
        _ change: (inout VirtualRouter) -> Void = { _ in }
    ) -> VirtualRouter {
        let group = IPAddress.v4(IPv4Address(value: 0xe000_0012))
        var router = VirtualRouter(
            name,
            family: .ipv4,
            routerID: id,
            interface: interface,
            audience: .multicast(MulticastSettings(group: group))
        )
        router.priority = priority
        router.addresses = addresses.compactMap(IPAddress.init).map {
            VirtualAddress(LinkAddress($0, prefixLength: 24, on: interface))
        }
        change(&router)
        return router
    }
}

extension RouterSet {
    /// A set of some routers, in groups or not.
    package static func simulated(_ routers: VirtualRouter..., groups: [SyncGroup] = []) -> RouterSet {
        var set = RouterSet()
        set.routers = routers
        set.groups = groups
        return set
    }
}
