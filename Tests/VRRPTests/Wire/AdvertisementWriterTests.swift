import Addresses
import Failover
import Links
import TestKit
import Testing
import Time

@testable import VRRP

struct AdvertisementWriterTests {
    private let source = IPAddress.v4(IPv4Address(value: 0x0a00_0009))

    @Test func eachPacketHasItsOwnNumberAndNoneIsZero() {
        var writer = AdvertisementWriter(.test { $0.audience = .peers(["10.0.0.1": nil, "10.0.0.2": nil]) })
        var numbers: [UInt16] = []
        for _ in 0..<40_000 {
            numbers += writer.write(priority: 100, from: source, clock: .zero).compactMap {
                IPv4Header($0.bytes)?.identification
            }
        }
        #expect(numbers[..<4] == [1, 2, 3, 4])
        #expect(numbers[65_533...65_536] == [65_534, 65_535, 1, 2])
        #expect(!numbers.contains(0))
    }

    @Test func eachPeerGetsOne() {
        var writer = AdvertisementWriter(.test { $0.audience = .peers(["10.0.0.1": nil, "10.0.0.2": nil], hops: 7) })
        let sent = writer.write(priority: 0, from: source, clock: .zero)
        #expect(sent.map(\.destination.description) == ["10.0.0.1", "10.0.0.2"])
        #expect(sent.allSatisfy { $0.bytes[8] == 7 })
    }

    @Test func hopsOfIPv6AreTheKernelsUnlessSaid() {
        let from = IPAddress.v6(IPv6Address(high: 0xfe80 << 48, low: 9))
        var router = VirtualRouter.test(.ipv6) { $0.audience = .peers(["fe80::1": nil]) }
        var writer = AdvertisementWriter(router)
        #expect(writer.write(priority: 1, from: from, clock: .zero).map(\.hops) == [nil])
        router.audience = .peers(["fe80::1": nil], hops: 200)
        writer.changed(to: router)
        #expect(writer.write(priority: 1, from: from, clock: .zero).map(\.hops) == [200])
    }

    @Test func nothingIsWrittenFromAnotherFamily() {
        var writer = AdvertisementWriter(.test(.ipv6))
        #expect(writer.write(priority: 1, from: source, clock: .zero) == [])
        var peers = AdvertisementWriter(.test { $0.audience = .peers(["fe80::1": nil, "10.0.0.1": nil]) })
        #expect(peers.write(priority: 1, from: source, clock: .zero).map(\.destination.description) == ["10.0.0.1"])
    }

    @Test(arguments: [
        (VirtualRouter.ProtocolVersion.two, Duration.milliseconds(500), Duration.seconds(1)),
        (.two, .zero, .seconds(1)),
        (.two, .seconds(1_000), .seconds(255)), (.two, .milliseconds(2_400), .seconds(2)),
        (.three, .milliseconds(15), .milliseconds(20)), (.three, .zero, .milliseconds(10)),
        (.three, .seconds(100), .milliseconds(40_950)), (.three, .seconds(Int64.max), .milliseconds(40_950)),
        (.three, .seconds(-1), .milliseconds(10)),
    ])
    func anIntervalIsTheNearestThatThereIs(version: VirtualRouter.ProtocolVersion, interval: Duration, sent: Duration) {
        let router = VirtualRouter.test {
            $0.version = version
            $0.interval = interval
        }
        let head = MessageHead(of: router, priority: 1, count: 0)
        #expect(head.interval == sent)
    }

    @Test(arguments: [
        (AddressFamily.ipv4, 1_500, 255), (.ipv4, 576, 135), (.ipv6, 1_500, 90), (.ipv6, 65_535, 255), (.ipv4, 0, 0),
    ])
    func onlyWhatFitsThePacketIsAdvertised(family: AddressFamily, size: Int, count: Int) throws {
        let addresses = (1...300).map { family == .ipv4 ? "10.0.\($0 / 256).\($0 % 256)" : "fd00::\($0)" }
        let router = VirtualRouter.test(family, addresses: addresses)
        var writer = AdvertisementWriter(router, largestPacket: size)
        #expect(writer.advertisedCount == count)
        let from = family == .ipv4 ? source : IPAddress.v6(IPv6Address(high: 0xfe80 << 48, low: 9))
        let sent = try #require(writer.write(priority: 1, from: from, clock: .zero).first)
        #expect(sent.bytes.count <= max(size, 36))
        var receiver = AdvertisementReceiver(router, largestPacket: size)
        let verdict = receiver.check(ReceivedPacket(sent))
        #expect(verdict.advertisement?.addresses.count == count)
        // A peer of the same configuration wants no more than what fits.
        #expect(verdict.remarks == [])
        var strict = router
        strict.habits.isStrict = true
        receiver = AdvertisementReceiver(strict)
        receiver.largestPacket = size
        #expect(receiver.check(ReceivedPacket(sent)).remarks == [])
    }

    @Test func aTrailerTakesRoomToo() {
        let addresses = (1...200).map { "fd00::\($0)" }
        let plain = VirtualRouter.test(.ipv6, addresses: addresses)
        let proved = VirtualRouter.test(.ipv6, addresses: addresses) {
            $0.authentication = .trailer(TrailerSettings(keys: [1: Array(0..<32)], activeKey: 1))
        }
        #expect(AdvertisementWriter(plain).advertisedCount == 90)
        #expect(AdvertisementWriter(proved).advertisedCount == 89)
    }

    /// Whatever is configured, what is written is read as what was meant.
    @Test(arguments: 0..<20)
    func whatIsWrittenIsRead(index: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("advertisements \(index): seed \(seed)")
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let router = random.router()
            let source = random.address(router.family)
            var hearing = router
            if case .unicast = router.audience { hearing.audience = .peers([source.description: nil]) }
            var writer = AdvertisementWriter(router)
            var receiver = AdvertisementReceiver(hearing)
            for _ in 0..<3 {
                let priority = UInt8.random(in: 0 ... .max, using: &random)
                let clock = Duration.milliseconds(Int64.random(in: 0...4_000_000_000_000, using: &random))
                let sent = writer.write(priority: priority, from: source, clock: clock)
                let packet = ReceivedPacket(try #require(sent.first), clock: clock)
                let verdict = receiver.check(packet)
                let advertisement = try #require(verdict.advertisement, "seed \(seed): \(verdict)")
                #expect(verdict.remarks == (router.isSilentOfProof ? [.withoutTrailer] : []), "seed \(seed)")
                #expect(advertisement.version == router.version, "seed \(seed)")
                #expect(advertisement.routerID == router.routerID, "seed \(seed)")
                #expect(advertisement.priority == priority, "seed \(seed)")
                #expect(advertisement.interval == router.interval, "seed \(seed)")
                let advertised = router.addresses.prefix(writer.advertisedCount).map(\.address.address)
                #expect(advertisement.addresses == advertised, "seed \(seed)")
            }
        }
    }
}

extension VirtualRouter {
    fileprivate var isSilentOfProof: Bool {
        guard case .trailer(let settings) = authentication else { return false }
        return settings.mode == .receiveOnly
    }
}

extension SeededGenerator {
    /// Any router that could be configured.
    fileprivate mutating func router() -> VirtualRouter {
        let family = family()
        let count = once(in: 10) ? Int.random(in: 0...80, using: &self) : Int.random(in: 0...3, using: &self)
        var addresses: [String] = []
        for _ in 0..<count { addresses.append(address(family).description) }
        var router = VirtualRouter.test(family, addresses: addresses)
        router.routerID = .random(in: 1...255, using: &self)
        router.version = once(in: 2) ? .two : .three
        router.interval =
            router.version == .two
            ? .seconds(Int.random(in: 1...255, using: &self))
            : .milliseconds(10 * Int.random(in: 1...4_095, using: &self))
        var key: [UInt8] = []
        for _ in 0..<Int.random(in: 0...12, using: &self) { key.append(.random(in: 0 ... .max, using: &self)) }
        switch Int.random(in: 0..<4, using: &self) {
        case 1: router.authentication = .password(key)
        case 2: router.authentication = .header(key)
        case 3:
            var settings = TrailerSettings(keys: [7: key + Array(0..<32)], activeKey: 7)
            settings.mode = [.enforced, .permissive, .receiveOnly].randomElement(using: &self) ?? .enforced
            router.authentication = .trailer(settings)
        default: break
        }
        if once(in: 2) {
            router.audience = .peers([family == .ipv4 ? "192.0.2.1" : "2001:db8::1": nil], hops: once(in: 2) ? 7 : nil)
            router.checksum = [.standard, .messageOnly, .oldUnicast].randomElement(using: &self) ?? .standard
        } else {
            router.checksum = once(in: 2) ? .standard : .messageOnly
        }
        return router
    }
}
