import Addresses
import Failover
import Testing
import Time

@testable import VRRP

/// The checks that no recorded packet fails, each alone.
struct AdvertisementReceiverTests {
    /// The verdict of a router on what another one sends first.
    private func verdict(
        of own: VirtualRouter,
        on other: VirtualRouter,
        from source: String? = nil,
        change: (inout ReceivedPacket) -> Void = { _ in }
    ) throws -> PacketVerdict {
        var receiver = AdvertisementReceiver(own)
        var packet = try #require(ReceivedPacket.first(of: other, from: source))
        change(&packet)
        return receiver.check(packet)
    }

    // MARK: Head and length

    @Test(arguments: 0..<28)
    func whatEndsBeforeItsHeadIsTooShort(length: Int) throws {
        let verdict = try verdict(of: .test(), on: .test()) { $0.bytes = Array($0.bytes.prefix(length)) }
        #expect(verdict.reason == .tooShort(.ipv4, length: length))
    }

    @Test func whatIsNoPacketOfItsFamilyIsTooShort() throws {
        #expect(try verdict(of: .test(), on: .test()) { $0.bytes[0] = 0x65 }.reason == .tooShort(.ipv4, length: 40))
        #expect(try verdict(of: .test(), on: .test()) { $0.bytes[0] = 0x44 }.reason == .tooShort(.ipv4, length: 40))
    }

    @Test func optionsOfIPDoNoHarm() throws {
        let verdict = try verdict(of: .test(), on: .test()) {
            $0.bytes[0] = 0x46
            $0.bytes.insert(contentsOf: [1, 1, 1, 1], at: 20)
            $0.bytes[3] += 4
        }
        #expect(verdict.remarks == [])
    }

    @Test func aTotalLengthBeyondThePacketIsSeen() throws {
        let verdict = try verdict(of: .test(), on: .test()) { $0.bytes[3] += 1 }
        #expect(verdict.reason == .totalLength(received: 40, expected: 41))
    }

    @Test func whatWasPaddedCounts() throws {
        let verdict = try verdict(of: .test(), on: .test()) { $0.bytes += [1, 2, 3] }
        #expect(verdict.remarks == [])
    }

    @Test func whatIsTooLongIsSeen() throws {
        let longer = VirtualRouter.test { $0.authentication = .trailer(.init(keys: [1: key], activeKey: 1)) }
        let verdict = try verdict(of: .test(), on: longer)
        // What keepalived 2.2.7 said of it: "too long, length 68 and expect 40" (spec S45).
        #expect(verdict.reason == .length(received: 68, expected: 40))
        #expect(verdict.reason?.difference == .trailer(isReceived: true))
    }

    // MARK: Hops

    @Test func hopsOfMulticastAre255() throws {
        let far = VirtualRouter.test(.ipv6)
        #expect(try verdict(of: far, on: far) { $0.hops = 254 }.reason == .hops(received: 254))
        #expect(try verdict(of: far, on: far) { $0.hops = nil }.remarks == [])
    }

    @Test func hopsOfPeersMayBeAny() throws {
        let router = VirtualRouter.test { $0.audience = .peers(["10.0.0.9": nil], hops: 3) }
        #expect(try verdict(of: router, on: router).remarks == [])
    }

    @Test(arguments: [(5, false), (6, true), (8, true), (9, false)])
    func hopsOfAPeerMayHaveARange(hops: UInt8, isAccepted: Bool) throws {
        let other = VirtualRouter.test { $0.audience = .peers(["10.0.0.9": nil], hops: hops) }
        let own = VirtualRouter.test { $0.audience = .peers(["10.0.0.9": 6...8]) }
        let reason = try verdict(of: own, on: other).reason
        #expect(reason == (isAccepted ? nil : .hopsOutOfRange(received: hops, allowed: 6...8)))
    }

    // MARK: Audience

    @Test func groupAndPeersAreNotMixed() throws {
        let peers = VirtualRouter.test { $0.audience = .peers(["10.0.0.9": nil]) }
        #expect(try verdict(of: .test(), on: peers).reason == .unexpectedUnicast)
        #expect(try verdict(of: peers, on: .test()).reason == .unexpectedMulticast)
    }

    @Test func strangersAreNoPeers() throws {
        var router = VirtualRouter.test { $0.audience = .peers(["10.0.0.2": nil]) }
        let stranger = try #require(IPAddress("10.0.0.9"))
        #expect(try verdict(of: router, on: router).reason == .stranger(stranger))
        if case .unicast(var settings) = router.audience {
            settings.refusesStrangers = false
            router.audience = .unicast(settings)
        }
        #expect(try verdict(of: router, on: router).remarks == [])
    }

    // MARK: Interval

    @Test func theIntervalOfVersionThreeIsTheMasters() throws {
        let own = VirtualRouter.test { $0.version = .three }
        let other = VirtualRouter.test {
            $0.version = .three
            $0.interval = .milliseconds(200)
        }
        let verdict = try verdict(of: own, on: other)
        #expect(verdict.advertisement?.interval == .milliseconds(200))
        #expect(verdict.remarks == [.interval(received: .milliseconds(200), own: .seconds(1))])
    }

    /// It would make a backup master at once.
    @Test func anIntervalOfNothingDoesNotCount() throws {
        let router = VirtualRouter.test {
            $0.version = .three; $0.checksum = .messageOnly
        }
        let verdict = try verdict(of: router, on: router) {
            // 0xff9c less, which the checksum makes up for.
            $0.bytes[25] = 0
            var sum = InternetChecksum()
            $0.bytes[26] = 0
            $0.bytes[27] = 0
            sum.add($0.bytes[20...])
            $0.bytes[26] = UInt8(sum.value >> 8)
            $0.bytes[27] = UInt8(sum.value & 0xff)
        }
        #expect(verdict.reason == .interval(received: .zero, own: .seconds(1)))
    }

    // MARK: Addresses

    @Test func theOrderOfAddressesDoesNotMatter() throws {
        let own = VirtualRouter.test(addresses: ["10.0.0.100", "10.0.0.101"]) { $0.habits.isStrict = true }
        let other = VirtualRouter.test(addresses: ["10.0.0.101", "10.0.0.100"])
        #expect(try verdict(of: own, on: other).remarks == [])
    }

    @Test func theAddressesOfTheKnownMasterMayBeLeftUnread() throws {
        let own = VirtualRouter.test {
            $0.habits.isStrict = true
            $0.habits.trustsKnownMaster = true
        }
        let other = VirtualRouter.test(addresses: ["10.0.0.1", "10.0.0.2"])
        let packet = try #require(ReceivedPacket.first(of: other))
        var receiver = AdvertisementReceiver(own)
        #expect(receiver.check(packet).reason == .addressCount(received: 2, own: 1))
        receiver.knownMaster = packet.source
        #expect(receiver.check(packet).remarks == [])
    }

    /// keepalived 2.2.7 leaves out with the addresses what makes the source a peer's.
    @Test func theKnownMasterIsStillAPeer() throws {
        let router = VirtualRouter.test {
            $0.habits.trustsKnownMaster = true
            $0.audience = .peers(["10.0.0.2": nil])
        }
        var receiver = AdvertisementReceiver(router)
        let packet = try #require(ReceivedPacket.first(of: router))
        receiver.knownMaster = packet.source
        #expect(receiver.check(packet).reason == .stranger(packet.source))
    }

    // MARK: Checksums

    @Test(
        arguments: [ChecksumForm.standard, .messageOnly, .oldUnicast],
        [ChecksumForm.standard, .messageOnly, .oldUnicast]
    )
    func everyFormOfChecksumIsAccepted(sent: ChecksumForm, own: ChecksumForm) throws {
        let router = VirtualRouter.test {
            $0.version = .three
            $0.audience = .peers(["10.0.0.9": nil])
        }
        var other = router
        other.checksum = sent
        var receiving = router
        receiving.checksum = own
        #expect(try verdict(of: receiving, on: other).remarks == (sent == own ? [] : [.checksumForm(sent)]))
    }

    @Test(arguments: AddressFamily.allCases, VirtualRouter.ProtocolVersion.allVersions)
    func aWrongChecksumIsSeen(family: AddressFamily, version: VirtualRouter.ProtocolVersion) throws {
        let router = VirtualRouter.test(family) { $0.version = version }
        let verdict = try verdict(of: router, on: router) { $0.bytes[$0.bytes.count - 1] ^= 1 }
        #expect(verdict.reason == .checksum(version: version.rawValue))
    }

    // MARK: Others

    @Test func anAddressOfOursIsNobodyElses() throws {
        var receiver = AdvertisementReceiver(.test())
        receiver.ownAddress = IPAddress("10.0.0.9")
        let packet = try #require(ReceivedPacket.first(of: .test(), priority: 100))
        #expect(receiver.check(packet).reason == .ownAddress(packet.source, priority: 100))
    }

    @Test func versionTwoGoesOverIPv6WithoutRoomForAPassword() throws {
        let router = VirtualRouter.test(.ipv6) {
            $0.version = .two
            $0.authentication = .password(Array("secret".utf8))
        }
        let packet = try #require(ReceivedPacket.first(of: router))
        // The number of the password's way without a password, as keepalived 2.2.7 sends it (seen in the lab).
        #expect(packet.bytes.hexadecimal.hasPrefix("2133c8010101"))
        #expect(packet.bytes.count == 24)
        #expect(try verdict(of: router, on: router).advertisement?.proof == .password)
        #expect(
            try verdict(of: .test(.ipv6) { $0.version = .two }, on: router).reason
                == .authentication(received: 1, own: 0)
        )
    }

    @Test func thePacketNamesItsRouter() throws {
        let packet = try #require(ReceivedPacket.first(of: .test { $0.routerID = 77 }))
        #expect(try packet.routerID == 77)
        var short = packet
        short.bytes = []
        #expect(throws: RejectionReason.tooShort(.ipv4, length: 0)) { try short.routerID }
    }
}

private let key = [UInt8](0..<32)

extension VirtualRouter.ProtocolVersion {
    fileprivate static let allVersions: [Self] = [.two, .three]
}
