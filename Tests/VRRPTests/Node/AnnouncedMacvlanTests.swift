import Addresses
import Failover
import Links
import Testing
import Time

@testable import VRRP

/// An address on the macvlan of its router is announced when the kernel has it, as any other is.
struct AnnouncedMacvlanTests {
    @Test func anAddressOnAMacvlanIsAnnouncedWhenItCame() throws {
        let router = VirtualRouter.test { $0.link = .macvlan(MacvlanSettings()) }
        var set = RouterSet()
        set.routers = [router]
        var node = FailoverNode(set)
        var now = MonotonicTime(nanoseconds: 1_000_000_000_000)

        let flags: InterfaceState.Flags = [.up, .running, .lowerUp, .broadcast, .multicast]
        var macvlan = InterfaceState(index: 3, name: "vrrp.51", flags: flags)
        macvlan.kind = .macvlan(isPrivate: true)
        macvlan.parent = 2
        var links = LinksSnapshot()
        links.interfaces = [InterfaceState(index: 2, name: "eth0", flags: flags), macvlan]
        let own = try #require(IPAddress("10.0.0.1"))
        links.addresses = [AddressState(LinkAddress(own, prefixLength: 24, on: "eth0"), interface: 2)]
        let boot = BootIdentity(high: 1, low: 2)
        var actions = node.start(
            NodeFacts(boot: boot, bootMoment: MonotonicTime(nanoseconds: 0), links: links),
            at: now
        )
        actions += node.told(.made("vrrp.51", of: .router("VI_1"), macvlan), at: now)
        for _ in 0..<5 {
            now = now + .seconds(1)
            actions += node.timePassed(at: now)
        }
        #expect(actions.contains { if case .send = $0 { true } else { false } })
        #expect(announced(actions).isEmpty)

        let virtual = try #require(IPAddress("10.0.0.100"))
        let state = AddressState(LinkAddress(virtual, on: "vrrp.51"), interface: 3)
        actions = node.changed(.address(state), at: now)
        for _ in 0..<10 {
            now = now + .milliseconds(20)
            actions += node.timePassed(at: now)
        }
        #expect(announced(actions) == Array(repeating: "10.0.0.100 on vrrp.51", count: 5))
    }

    private func announced(_ actions: [NodeAction]) -> [String] {
        actions.compactMap {
            guard case .announce(let announcement) = $0 else { return nil }
            return "\(announcement.address) on \(announcement.interface)"
        }
    }
}
