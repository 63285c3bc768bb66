import Addresses
import Failover
import Links
import Testing
import Time

@testable import VRRP

/// More addresses than a packet of the interface has room for: as many as fit are advertised, and expected of others.
struct CrowdedRouterTests {
    @Test(arguments: [(1_500, 90), (9_000, 100), (1_280, 77)])
    func whatDoesNotFitIsSaid(size: UInt32, count: Int) throws {
        let router = VirtualRouter.test(.ipv6, addresses: (1...100).map { "fd00::\($0)" }) { $0.habits.isStrict = true }
        var set = RouterSet()
        set.routers = [router]
        var node = FailoverNode(set)
        var now = MonotonicTime(nanoseconds: 1_000_000_000_000)
        var links = LinksSnapshot()
        var interface = InterfaceState(
            index: 2,
            name: "eth0",
            flags: [.up, .running, .lowerUp, .broadcast, .multicast]
        )
        interface.maximumPacket = size
        links.interfaces = [interface]
        let own = try #require(IPAddress("fe80::1"))
        links.addresses = [AddressState(LinkAddress(own, prefixLength: 64, on: "eth0", scope: 253), interface: 2)]
        let boot = BootIdentity(high: 1, low: 2)
        var actions = node.start(
            NodeFacts(boot: boot, bootMoment: MonotonicTime(nanoseconds: 0), links: links),
            at: now
        )
        // Nothing is said twice, whatever else happens to the interface.
        actions += node.changed(.interface(interface), at: now)
        for _ in 0..<5 {
            now = now + .seconds(1)
            actions += node.timePassed(at: now)
        }
        let told = actions.compactMap { action -> Int? in
            guard case .tell(.router(_, .notAdvertised(let count), _, _)) = action else { return nil }
            return count
        }
        #expect(told == (count < 100 ? [100 - count] : []))
        let sent = actions.compactMap { action -> SentAdvertisement? in
            if case .send(let sent, _) = action { sent } else { nil }
        }
        let first = try #require(sent.first)
        #expect(first.bytes.count == 8 + 16 * count)
        // A peer of the same configuration and link counts it, to the letter.
        var peer = AdvertisementReceiver(router, largestPacket: Int(size))
        #expect(peer.check(ReceivedPacket(first)).remarks == [])
    }
}
