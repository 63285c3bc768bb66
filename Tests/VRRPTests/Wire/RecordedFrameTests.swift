import Addresses
import Failover
import Links
import TestKit
import Testing

@testable import VRRP

/// Every packet that was recorded of keepalived 2.2.7 and 2.4.3 is read as what it is, and written again to the byte.
struct RecordedFrameTests {
    @Test func allAreThere() {
        #expect(RecordedFrame.packets.count == 103)
        #expect(RecordedFrame.receiveChecks.count == 20)
    }

    @Test(arguments: RecordedFrame.packets + RecordedFrame.receiveChecks)
    func isReadAsItsLine(recorded: RecordedFrame) throws {
        let frame = try #require(WatchedFrame(recorded.bytes))
        let router = recorded.text("ah-seq") == nil && recorded.text("hmac-key-id") == nil ? nil : try recorded.router
        #expect(frame.line(for: router, showsPasswords: true) == recorded.line)
    }

    @Test(arguments: RecordedFrame.packets.filter { $0.text("kind") == nil })
    func anAdvertisementIsWrittenAgain(recorded: RecordedFrame) throws {
        let router = try recorded.router
        let source = try #require(recorded.text("src").flatMap { IPAddress($0) })
        var writer = AdvertisementWriter(router)
        let count = recorded.number("id") ?? 1
        for _ in 1..<count { _ = writer.write(priority: 1, from: source, clock: .zero) }
        let priority = try #require(recorded.number("priority").flatMap { UInt8(exactly: $0) })
        let sent = try #require(writer.write(priority: priority, from: source, clock: recorded.clock).first)
        let isIPv6 = source.family == .ipv6
        let headers = (recorded.parts["eth"]?.count ?? 0) + (isIPv6 ? IPv6Header.length : 0)
        #expect(sent.bytes.hexadecimal == Array(recorded.bytes.dropFirst(headers)).hexadecimal)
        #expect(sent.carrier.rawValue == UInt8(recorded.number("proto") ?? 112))
        #expect(sent.destination.description == recorded.text("dst"))
        #expect(sent.hops == (isIPv6 ? 255 : nil))
    }

    @Test(arguments: RecordedFrame.packets.filter { $0.text("kind") == nil })
    func anAdvertisementIsAccepted(recorded: RecordedFrame) throws {
        let frame = try #require(WatchedFrame(recorded.bytes, clock: recorded.clock))
        guard case .advertisement(let watched) = frame.content else {
            Issue.record("no advertisement")
            return
        }
        let router = try recorded.router
        // Heard by a peer, whose peer is the sender.
        var hearing = router
        if case .unicast = router.audience { hearing.audience = .peers([watched.packet.source.description: nil]) }
        var receiver = AdvertisementReceiver(hearing)
        let verdict = receiver.check(watched.packet)
        #expect(verdict.remarks == [])
        #expect(verdict.advertisement?.priority == watched.priority)
        #expect(verdict.advertisement?.interval == router.interval)
        #expect(verdict.advertisement?.addresses == router.addresses.map(\.address.address))
        #expect(watched.differences(from: hearing) == [])
    }

    @Test(arguments: RecordedFrame.packets.filter { $0.text("kind") != nil })
    func anAnnouncementIsWrittenAgain(recorded: RecordedFrame) throws {
        let frame = try #require(WatchedFrame(recorded.bytes))
        let body: [UInt8]
        var announced: IPAddress?
        var isRouter = false
        switch frame.content {
        case .advertisement: body = []
        case .arp(let message):
            body = message.bytes
            if message.isGratuitous { announced = .v4(message.sender) }
        case .neighbour(let message):
            body = message.bytes
            if message.flags.contains(.override), !message.flags.contains(.solicited) {
                announced = .v6(message.target)
            }
            isRouter = message.flags.contains(.router)
        }
        #expect(body.hexadecimal == Array(recorded.bytes.dropFirst(14)).hexadecimal)
        guard let announced else { return }
        let announcement = Announcement(router: "VI_1", address: announced, interface: "eth0")
        let written = announcement.frame(from: frame.source, isRouter: isRouter)
        #expect(written?.hexadecimal == recorded.bytes.hexadecimal)
    }

    @Test func anInterfaceWithoutEthernetIsNotAnnouncedOn() {
        let announcement = Announcement(router: "VI_1", address: .v4(IPv4Address(value: 1)), interface: "ib0")
        #expect(announcement.frame(from: Array(repeating: 1, count: 20), isRouter: false) == nil)
    }
}

extension RecordedFrame {
    /// The time by the wall clock of the sender.
    fileprivate var clock: Duration {
        guard let seconds = number("hmac-seconds"), let fraction = number("hmac-subsecond") else { return .zero }
        return .seconds(seconds)
            + Duration(secondsComponent: 0, attosecondsComponent: Int64(fraction) * 15_258_789_062_500)
    }

    /// The router that it is an advertisement of.
    fileprivate var router: VirtualRouter {
        get throws {
            let source = try #require(text("src").flatMap { IPAddress($0) })
            let destination = try #require(text("dst").flatMap { IPAddress($0) })
            let addresses = text("addresses")?.split(separator: ",").map(String.init) ?? []
            let hundredths = try #require(text("interval").flatMap { Int($0.dropLast(2)) })
            var router = VirtualRouter.test(source.family, addresses: addresses)
            router.version = number("version") == 2 ? .two : .three
            router.interval = .milliseconds(hundredths * 10)
            if destination.isMulticast {
                router.audience = .multicast(MulticastSettings(group: destination))
            } else {
                router.audience = .peers([destination.description: nil], hops: UInt8(number("ttl") ?? 255))
            }
            switch number("auth-type") {
            case 1: router.authentication = .password([UInt8](hexadecimal: text("auth-data") ?? ""))
            case 2: router.authentication = .header(Array("AHpass12".utf8))
            default: break
            }
            if let key = number("hmac-key-id").flatMap({ UInt8(exactly: $0) }) {
                router.authentication = .trailer(TrailerSettings(keys: [key: Array(0...31)], activeKey: key))
            }
            if router.version == .three, text("checksum-covers") == "message" { router.checksum = .messageOnly }
            return router
        }
    }
}
