import Addresses
import Failover
import TestKit
import Testing
import Time

@testable import VRRP

/// Who sent an advertisement, and that nobody sends it again.
struct ProofTests {
    private static let header = VirtualRouter.test { $0.authentication = .header(Array("AHpass12".utf8)) }

    private static func trailer(
        _ keys: [UInt8: [UInt8]] = [1: Array(0..<32)],
        active: UInt8 = 1,
        mode: TrailerSettings.Mode = .enforced,
        window: Duration? = nil,
        _ change: (inout VirtualRouter) -> Void = { _ in }
    ) -> VirtualRouter {
        var settings = TrailerSettings(keys: keys, activeKey: active)
        settings.mode = mode
        settings.timeWindow = window
        return .test {
            $0.authentication = .trailer(settings)
            change(&$0)
        }
    }

    // MARK: Header

    @Test func aHeaderIsForThoseWhoHaveOne() throws {
        var plain = AdvertisementReceiver(.test())
        #expect(plain.verdict(on: Self.header).reason == .unexpectedHeader)
        var demanding = AdvertisementReceiver(Self.header)
        #expect(demanding.verdict(on: .test()).reason == .missingHeader)
        #expect(plain.carriers(at: moment) == [.vrrp])
        #expect(demanding.carriers(at: moment) == [.authenticationHeader])
    }

    @Test(arguments: [Audience.peers(["10.0.0.9": nil]), VirtualRouter.test().audience])
    func whatRoutersChangeOnTheWayIsNotInTheDigest(audience: Audience) throws {
        var router = Self.header
        router.audience = audience
        var packet = try #require(ReceivedPacket.first(of: router))
        packet.bytes[1] = 0
        packet.bytes[6] = 0x40
        packet.bytes[10] = 0xaa
        var receiver = AdvertisementReceiver(router)
        #expect(receiver.check(packet).remarks == [])
    }

    @Test func hopsAreInTheDigestOfMulticastAlone() throws {
        var unicast = Self.header
        unicast.audience = .peers(["10.0.0.9": nil])
        var packet = try #require(ReceivedPacket.first(of: unicast))
        packet.bytes[8] = 64
        var receiver = AdvertisementReceiver(unicast)
        #expect(receiver.check(packet).remarks == [])
    }

    /// Each bit of the packet but those that change on the way.
    @Test func aDamagedPacketIsRejected() throws {
        let packet = try #require(ReceivedPacket.first(of: Self.header))
        for bit in 0..<packet.bytes.count * 8 where ![1, 6, 7, 10, 11].contains(bit / 8) {
            var damaged = packet
            damaged.bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            var receiver = AdvertisementReceiver(Self.header)
            #expect(receiver.check(damaged).reason != nil, "bit \(bit)")
            #expect(receiver.sequences == SenderSequences())
        }
    }

    @Test func anotherKeyIsSeen() throws {
        var other = Self.header
        other.authentication = .header(Array("another".utf8))
        var receiver = AdvertisementReceiver(Self.header)
        let reason = receiver.verdict(on: other).reason
        #expect(reason == .headerDigest)
        #expect(reason?.difference == .password)
    }

    @Test func theIndexIsTheSource() throws {
        var packet = try #require(ReceivedPacket.first(of: Self.header))
        packet.bytes[24..<28] = [10, 0, 0, 8]
        let key = HMAC<MD5>(key: Array("AHpass12".utf8))
        let digest = AuthenticationHeader.digest(of: packet.bytes[...], headerAt: 20, isUnicast: false, key: key)
        packet.bytes.replaceSubrange(32..<44, with: digest)
        var receiver = AdvertisementReceiver(Self.header)
        #expect(receiver.check(packet).reason == .headerIndex(received: 0x0a00_0008, expected: 0x0a00_0009))
    }

    @Test func nothingIsPlayedAgain() throws {
        var writer = AdvertisementWriter(Self.header)
        let source = try #require(IPAddress("10.0.0.9"))
        let packets = (0..<3).flatMap { _ in writer.write(priority: 100, from: source, clock: .zero) }.map {
            ReceivedPacket($0)
        }
        var receiver = AdvertisementReceiver(Self.header)
        #expect(receiver.check(packets[0]).advertisement?.proof == .header(sequence: 1))
        #expect(receiver.check(packets[2]).advertisement?.proof == .header(sequence: 3))
        #expect(receiver.check(packets[2]).reason == .headerReplayed(sequence: 3))
        #expect(receiver.check(packets[1]).reason == .headerReplayed(sequence: 2))
        // Another sender counts for itself.
        var other = AdvertisementWriter(Self.header)
        let elsewhere = try #require(IPAddress("10.0.0.8"))
        let packet = try #require(other.write(priority: 100, from: elsewhere, clock: .zero).first)
        #expect(receiver.check(ReceivedPacket(packet)).advertisement?.proof == .header(sequence: 1))
    }

    /// keepalived counts for all senders together: who takes over goes on from where the master was.
    @Test func aWriterGoesOnFromWhatItHeard() throws {
        var writer = AdvertisementWriter(Self.header)
        let source = try #require(IPAddress("10.0.0.8"))
        var advertisement = Advertisement(
            version: .two,
            routerID: 51,
            priority: 1,
            interval: .seconds(1),
            addresses: [],
            proof: .header(sequence: 1_000)
        )
        writer.heard(advertisement)
        advertisement.proof = .header(sequence: 7)
        writer.heard(advertisement)
        let sent = try #require(writer.write(priority: 100, from: source, clock: .zero).first)
        #expect(AuthenticationHeader(sent.bytes, at: 20)?.sequence == 1_001)
    }

    @Test func theNumberBeginsAgainAfterItsEnd() throws {
        var writer = AdvertisementWriter(Self.header)
        let source = try #require(IPAddress("10.0.0.9"))
        var last = Advertisement(version: .two, routerID: 51, priority: 1, interval: .seconds(1), addresses: [])
        last.proof = .header(sequence: .max - 1)
        writer.heard(last)
        var receiver = AdvertisementReceiver(Self.header)
        let proofs = (0..<3).compactMap { _ in
            writer.write(priority: 100, from: source, clock: .zero).first
                .map { receiver.check(ReceivedPacket($0)).advertisement?.proof }
        }
        #expect(proofs == [.header(sequence: .max), .header(sequence: 1), .header(sequence: 2)])
    }

    // MARK: Trailer

    @Test func aTrailerIsForThoseWhoHaveTheKey() throws {
        let keys: [UInt8: [UInt8]] = [1: Array(0..<32), 2: Array(32..<96)]
        var receiver = AdvertisementReceiver(Self.trailer(keys))
        let clock = Duration.seconds(1_800_000_000)
        let expected = TrailerSequence(clock: clock)
        let second = try #require(ReceivedPacket.first(of: Self.trailer(keys, active: 2)))
        #expect(receiver.check(second).advertisement?.proof == .trailer(key: 2, expected))
        var unknown = AdvertisementReceiver(Self.trailer())
        #expect(unknown.check(second).reason == .trailerKey(2))
        let other = try #require(ReceivedPacket.first(of: Self.trailer([1: Array(1..<33)])))
        #expect(unknown.check(other).reason == .trailerDigest(key: 1))
        #expect(unknown.check(other).reason?.difference == .password)
    }

    @Test(arguments: [AddressFamily.ipv4, .ipv6], [VirtualRouter.ProtocolVersion.two, .three])
    func aTrailerFollowsEveryVersionAndFamily(family: AddressFamily, version: VirtualRouter.ProtocolVersion) throws {
        let router = VirtualRouter.test(family) {
            $0.version = version
            $0.authentication = .trailer(TrailerSettings(keys: [9: Array(0..<64)], activeKey: 9))
        }
        let packet = try #require(ReceivedPacket.first(of: router))
        var receiver = AdvertisementReceiver(router)
        #expect(receiver.check(packet).remarks == [])
        for bit in (packet.includesHeader ? 20 : 0) * 8..<packet.bytes.count * 8 {
            var damaged = packet
            damaged.bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            var receiver = AdvertisementReceiver(router)
            #expect(receiver.check(damaged).reason != nil, "bit \(bit)")
        }
        var elsewhere = packet
        elsewhere.source = family == .ipv4 ? .v4(IPv4Address(value: 1)) : .v6(IPv6Address(high: 1, low: 1))
        #expect(receiver.check(elsewhere).reason != nil)
    }

    @Test(arguments: [
        (TrailerSettings.Mode.enforced, true, nil), (.enforced, false, RejectionReason.missingTrailer),
        (.permissive, true, nil), (.permissive, false, nil), (.receiveOnly, true, nil), (.receiveOnly, false, nil),
    ])
    func modesDemandAndForgive(mode: TrailerSettings.Mode, hasTrailer: Bool, reason: RejectionReason?) throws {
        let own = Self.trailer(mode: mode)
        let packet = try #require(ReceivedPacket.first(of: hasTrailer ? Self.trailer() : .test()))
        var receiver = AdvertisementReceiver(own)
        let verdict = receiver.check(packet)
        #expect(verdict.reason == reason)
        if reason == nil { #expect(verdict.remarks == (hasTrailer ? [] : [.withoutTrailer])) }
        // A wrong one is wrong in every mode.
        let wrong = try #require(ReceivedPacket.first(of: Self.trailer([1: Array(1..<33)])))
        #expect(receiver.check(wrong).reason == .trailerDigest(key: 1))
        // What it sends.
        let sent = try #require(ReceivedPacket.first(of: own))
        #expect(sent.bytes.count == (mode == .receiveOnly ? 40 : 68))
    }

    @Test func aTrailerIsNotPlayedAgain() throws {
        var writer = AdvertisementWriter(Self.trailer())
        let source = try #require(IPAddress("10.0.0.9"))
        // The clock stands, and goes back.
        let clocks = [Duration.seconds(100), .seconds(100), .seconds(90)]
        let packets = clocks.flatMap { writer.write(priority: 100, from: source, clock: $0) }.map { ReceivedPacket($0) }
        var receiver = AdvertisementReceiver(Self.trailer())
        for packet in packets { #expect(receiver.check(packet).remarks == []) }
        let last = TrailerSequence(rawValue: 100 << 32 | 2)
        let first = TrailerSequence(rawValue: 100 << 32)
        #expect(receiver.check(packets[0]).reason == .trailerReplayed(received: first, last: last))
        #expect(receiver.check(packets[2]).reason == .trailerReplayed(received: last, last: last))
    }

    @Test(arguments: [(-6, false), (-5, true), (0, true), (5, true), (6, false)])
    func aClockMayDifferABit(ahead: Int64, isAccepted: Bool) throws {
        let router = Self.trailer(window: .seconds(5))
        var packet = try #require(ReceivedPacket.first(of: router, clock: .seconds(1_000 + ahead)))
        packet.clock = .seconds(1_000)
        var receiver = AdvertisementReceiver(router)
        let reason = receiver.check(packet).reason
        #expect(reason == (isAccepted ? nil : .trailerTime(ahead: .seconds(ahead), allowed: .seconds(5))))
        #expect(receiver.sequences == SenderSequences() || isAccepted)
    }

    @Test(arguments: [(0, UInt8(2)), (2, 1), (3, 1)])
    func theBeginningOfATrailerIsFixed(place: Int, type: UInt8) throws {
        var packet = try #require(ReceivedPacket.first(of: Self.trailer()))
        packet.bytes[40 + place] = 2
        var receiver = AdvertisementReceiver(Self.trailer())
        #expect(receiver.check(packet).reason == .trailerType(type))
    }

    @Test func aTrailerThatIsCutIsTooShort() throws {
        var packet = try #require(ReceivedPacket.first(of: Self.trailer()))
        packet.bytes.removeLast()
        packet.bytes[3] -= 1
        var receiver = AdvertisementReceiver(Self.trailer())
        #expect(receiver.check(packet).reason == .length(received: 67, expected: 68))
    }

    // MARK: Many senders

    @Test func fewSendersAreRemembered() {
        var sequences = SenderSequences()
        for number in 0..<10_000 {
            sequences.note(.header(sequence: 5), from: .v4(IPv4Address(value: UInt32(number))))
        }
        #expect(sequences.isNew(header: 1, from: .v4(IPv4Address(value: 0))))
        #expect(!sequences.isNew(header: 5, from: .v4(IPv4Address(value: 9_999))))
        let known = (0..<10_000).filter { !sequences.isNew(header: 5, from: .v4(IPv4Address(value: UInt32($0)))) }
        #expect(known.count == SenderSequences.limit)
    }
}

private let moment = MonotonicTime(nanoseconds: 0)
