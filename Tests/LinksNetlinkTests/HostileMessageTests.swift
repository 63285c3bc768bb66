import Addresses
import CNetlink
import LinkStages
import Links
import Netlink
import TestKit
import Testing

@testable import LinksNetlink

/// Whatever bytes come, reading them ends with a value or an error; the argument is the seed.
struct HostileMessageTests {
    private func decodeEverything(_ datagram: [UInt8]) {
        let changes = PlayedChannel()
        changes.coming = [.success(datagram)]
        let kernel = NetlinkLinks(requests: PlayedChannel(), port: 1, changes: changes, routes: PlayedChannel())
        kernel.makers = Set(UInt8.min ... .max)
        _ = try? kernel.takeChanges()
    }

    /// A datagram of one message of each kind.
    private func datagram(_ random: inout SeededGenerator) -> [UInt8] {
        var writer = MessageWriter()
        let (address, route, rule) = (random.linkAddress(), random.route(), random.rule())
        let link = MadeLink("vrrp.51", on: "eth0", .macvlan(hardwareAddress: [0, 0, 0x5e, 0, 1, 51]), family: .ipv4)
        let ipvlan = MadeLink("ipv.51", on: "eth0", .ipvlan(.vepa), family: .ipv6)
        for (type, body) in [
            (MessageType.newLink, { $0.newLink(link, name: "vrrp.51", parent: 2) }),
            (MessageType.newLink, { $0.newLink(ipvlan, name: "ipv.51", parent: 2) }),
            (MessageType.newLink, { $0.setting4(19, 1, interface: 2) }),
            (MessageType.newAddress, { $0.addressRequest(address, interface: 2, lifetime: 9) }),
            (MessageType.newRoute, { $0.routeRequest(route, indices: [2, 3, 4]) }),
            (MessageType.newRule, { $0.ruleRequest(rule) }),
        ] as [(UInt16, (inout MessageWriter) -> Void)] {
            writer.message(type: type, flags: .none, sequence: 0, body: body)
        }
        return writer.bytes
    }

    @Test(arguments: [UInt64](1...5))
    func cutAnywhere(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let whole = datagram(&random)
        for length in 0..<whole.count { decodeEverything(Array(whole[..<length])) }
    }

    @Test(arguments: [UInt64](1...100))
    func mutated(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = datagram(&random)
        for _ in 0..<100 {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = random.once(in: 2) ? .max : .random(in: 0 ... .max, using: &random)
            decodeEverything(bytes)
        }
    }
}
