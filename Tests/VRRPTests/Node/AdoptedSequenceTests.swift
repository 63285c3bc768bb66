import Addresses
import Failover
import Links
import Testing
import Time

@testable import VRRP

/// A process that takes up the mastership of one that was killed is believed by peers that count authentication headers.
struct AdoptedSequenceTests {
    private let boot = BootIdentity(high: 1, low: 2)
    private let router = VirtualRouter.test { $0.authentication = .header(Array("AHpass12".utf8)) }

    private func facts(_ records: [NodeRecord]) throws -> NodeFacts {
        var links = LinksSnapshot()
        let flags: InterfaceState.Flags = [.up, .running, .lowerUp, .broadcast, .multicast]
        links.interfaces = [InterfaceState(index: 2, name: "eth0", flags: flags)]
        let own = try #require(IPAddress("10.0.0.1"))
        links.addresses = [AddressState(LinkAddress(own, prefixLength: 24, on: "eth0"), interface: 2)]
        var facts = NodeFacts(boot: boot, bootMoment: MonotonicTime(nanoseconds: 0), links: links)
        facts.records = records
        return facts
    }

    @Test func theNextNumberComesAfterTheLastOneOfTheProcessBefore() throws {
        var set = RouterSet()
        set.routers = [router]
        var peer = AdvertisementReceiver(router)
        var now = MonotonicTime(nanoseconds: 1_000_000_000_000)
        var record: NodeRecord?
        var accepted = 0
        func hear(_ actions: [NodeAction]) throws {
            for action in actions {
                switch action {
                case .send(let sent, _):
                    let verdict = peer.check(ReceivedPacket(sent))
                    #expect(verdict.remarks == [], "\(verdict)")
                    accepted += 1
                case .record(let last): record = last
                default: break
                }
            }
        }
        for _ in 0..<3 {
            var node = FailoverNode(set)
            try hear(node.start(try facts(record.map { [$0] } ?? []), at: now))
            for _ in 0..<40 {
                now = now + .milliseconds(500)
                try hear(node.timePassed(at: now))
            }
            // Killed without a word, and started again a second later.
            now = now + .seconds(1)
        }
        #expect(accepted > 40)
        #expect(record?.state == .master)
    }
}
