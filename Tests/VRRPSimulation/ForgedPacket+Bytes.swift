import Addresses
import Failover
import TestKit
import Time
import VRRP

extension ForgedPacket {
    /// A packet for a router that must not count.
    func made(for router: VirtualRouter, to node: Int, master: Int?, _ chance: inout SimulatedChance) -> ReceivedPacket?
    {
        let own = ElectionPlan.address(of: node)
        let stranger = IPAddress.v4(IPv4Address(value: 0x0a00_0009))
        var source = stranger
        var forged = router
        var hops: UInt8 = 255
        // Whoever forges knows the peers, but for a stranger.
        if case .unicast = router.audience, self != .ownAddress {
            source = self == .stranger ? stranger : ElectionPlan.address(of: node == 0 ? 1 : 0)
        }
        let group = IPAddress.v4(IPv4Address(value: 0xe000_0012))
        forged.audience = .multicast(MulticastSettings(group: group))
        switch self {
        case .password where router.version == .two: forged.authentication = .password(Array("guess".utf8))
        case .version, .password,
            .interval where router.version == .three:
            forged.version = router.version == .two ? .three : .two
            forged.interval = .seconds(1)
        case .interval: forged.interval = router.interval + .seconds(1)
        case .ownAddress: source = own
        case .masterAddressChecksum: source = ElectionPlan.address(of: master ?? 0)
        case .stranger where !router.isUnicast: return nil
        case .hops:
            guard !router.isUnicast else { return nil }
            hops = 254
        case .checksum, .type, .short, .long, .junk, .stranger: break
        }
        if self == .masterAddressChecksum, source == own { return nil }
        var writer = AdvertisementWriter(forged)
        guard var bytes = writer.write(priority: UInt8(chance.number(0...255)), from: source, clock: .zero).first?.bytes
        else { return nil }
        if router.isUnicast, self != .checksum, self != .masterAddressChecksum {
            // The checksum of version 3 covers the destination.
            var peer = forged
            peer.audience = .unicast(UnicastSettings(source: source, peers: [UnicastSettings.Peer(own)]))
            var unicast = AdvertisementWriter(peer)
            bytes =
                unicast.write(priority: UInt8(chance.number(0...255)), from: source, clock: .zero).first?.bytes ?? bytes
        }
        switch self {
        case .checksum, .masterAddressChecksum: bytes[26] ^= 0x5a
        case .hops: bytes[8] = hops
        case .type: bytes[20] = bytes[20] & 0xf0 | 2
        case .short: bytes.removeLast(3)
        case .long:
            bytes += [0, 0, 0, 0]
            bytes[3] += 4
        case .junk: bytes = (0..<chance.number(0...60)).map { _ in UInt8(chance.number(0...255)) }
        case .password, .version, .interval, .ownAddress, .stranger: break
        }
        return ReceivedPacket(
            bytes: bytes,
            includesHeader: true,
            source: source,
            destination: router.isUnicast ? own : group,
            hops: hops,
            interface: "eth0",
            arrival: MonotonicTime(nanoseconds: 0)
        )
    }
}

extension VirtualRouter {
    /// Whether it speaks to peers.
    var isUnicast: Bool {
        switch audience {
        case .unicast: true
        case .multicast: false
        }
    }
}
