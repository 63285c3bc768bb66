import Addresses
import Failover
import Testing
import Time

@testable import VRRP

/// The packets that were injected into a link of keepalived 2.2.7, each with its verdict here.
struct ReceiveCheckTests {
    /// That of the receive checks: version 2, number 51, `PASS "one"`, one second, 10.0.0.100.
    private static let router = VirtualRouter.test { $0.authentication = .password(Array("one".utf8)) }

    private static let reasons: [String: RejectionReason] = [
        "ttl-254": .hops(received: 254),
        "bad-checksum": .checksum(version: 2),
        "v3": .version(received: 3, own: 2),
        "wrong-pw": .password,
        "auth-none": .authentication(received: 0, own: 1),
        "auth-type-7": .unknownAuthentication(7),
        "interval-2": .interval(received: .seconds(2), own: .seconds(1)),
        "type-2": .type(2),
        "short-frame": .length(received: 34, expected: 40),
        "vrid-99": .unknownRouter(99),
        "own-address-same-prio": .ownAddress(.v4(IPv4Address(value: 0x0a00_0001)), priority: 100),
    ]

    /// A list of addresses that differs does not split routers; it is said (keepalived 2.3.3 and later).
    private static let remarks: [String: [PacketRemark]] = [
        "2-vips": [.addressCount(received: 2, own: 1)],
        "other-vip": [.missingAddress(.v4(IPv4Address(value: 0x0a00_0064)))],
    ]

    private static let strictReasons: [String: RejectionReason] = [
        "2-vips": .addressCount(received: 2, own: 1),
        "other-vip": .missingAddress(.v4(IPv4Address(value: 0x0a00_0064)), routerID: 51),
    ]

    @Test(arguments: RecordedFrame.receiveChecks)
    func hasItsVerdict(recorded: RecordedFrame) throws {
        let packet = try recorded.packet
        var receiver = AdvertisementReceiver(Self.router)
        receiver.ownAddress = IPAddress("10.0.0.1")
        let before = receiver.sequences
        let verdict = receiver.check(packet)
        #expect(verdict.reason == Self.reasons[recorded.name])
        if verdict.reason == nil {
            #expect(verdict.remarks == Self.remarks[recorded.name] ?? [])
            #expect(verdict.advertisement?.priority == UInt8(recorded.number("priority") ?? 0))
        } else {
            #expect(receiver.sequences == before)
        }
    }

    @Test(arguments: RecordedFrame.receiveChecks)
    func isHeldAgainstTheLetterWhereThatIsWanted(recorded: RecordedFrame) throws {
        var router = Self.router
        router.habits.isStrict = true
        var receiver = AdvertisementReceiver(router)
        receiver.ownAddress = IPAddress("10.0.0.1")
        let packet = try recorded.packet
        let reason = receiver.check(packet).reason
        #expect(reason == Self.strictReasons[recorded.name] ?? Self.reasons[recorded.name])
    }
}

extension RecordedFrame {
    fileprivate var packet: ReceivedPacket {
        get throws {
            let frame = try #require(WatchedFrame(bytes))
            guard case .advertisement(let advertisement) = frame.content else {
                throw RejectionReason.tooShort(.ipv4, length: 0)
            }
            return advertisement.packet
        }
    }
}
