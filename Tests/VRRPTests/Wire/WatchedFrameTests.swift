import Addresses
import Failover
import Testing
import Time

@testable import VRRP

/// What an operator is shown of the wire, and what is said of a router that differs.
struct WatchedFrameTests {
    private static let own = VirtualRouter.test { $0.authentication = .password(Array("one".utf8)) }

    /// The frame of what a router sends first.
    private static func frame(of router: VirtualRouter, from source: String? = nil, tags: [UInt8] = []) throws
        -> [UInt8]
    {
        let packet = try #require(ReceivedPacket.first(of: router, from: source))
        let head = [UInt8](repeating: 2, count: 12) + tags
        guard case .v6(let from) = packet.source, case .v6(let to) = packet.destination else {
            return head + [8, 0] + packet.bytes
        }
        let length = UInt16(packet.bytes.count)
        let header = IPv6Header(payloadLength: length, next: 112, hops: 255, source: from, destination: to)
        return head + [0x86, 0xdd] + header.bytes + packet.bytes
    }

    private static func watched(_ frame: [UInt8]) throws -> WatchedAdvertisement {
        guard case .advertisement(let advertisement) = try #require(WatchedFrame(frame)).content else {
            throw RejectionReason.tooShort(.ipv4, length: frame.count)
        }
        return advertisement
    }

    struct Change: Sendable {
        var make: @Sendable (inout VirtualRouter) -> Void
        var differences: [PeerDifference]
    }

    static let changes = [
        Change(make: { _ in }, differences: []),
        Change(make: { $0.authentication = .password(Array("two".utf8)) }, differences: [.password]),
        Change(make: { $0.authentication = nil }, differences: [.authentication(received: 0, own: 1)]),
        Change(
            make: { $0.authentication = .header(Array("one".utf8)) },
            differences: [.authentication(received: 2, own: 1)]
        ),
        Change(
            make: { $0.interval = .seconds(3) },
            differences: [.interval(received: .seconds(3), own: .seconds(1))]
        ),
        Change(make: { $0.version = .three }, differences: [.version(received: 3, own: 2)]),
        Change(
            make: { $0.addresses = VirtualRouter.test(addresses: ["10.0.0.101"]).addresses },
            differences: [.addresses(missing: addresses("10.0.0.100"), unknown: addresses("10.0.0.101"))]
        ),
        Change(
            make: { $0.addresses = VirtualRouter.test(addresses: ["10.0.0.100", "10.0.0.100"]).addresses },
            differences: [.addresses(missing: [], unknown: [])]
        ),
        Change(make: { $0.audience = .peers(["10.0.0.1": nil]) }, differences: [.audience(isMulticast: false)]),
        // All of them at once, not the first alone.
        Change(
            make: {
                $0.authentication = .password(Array("two".utf8))
                $0.interval = .seconds(2)
                $0.addresses = []
            },
            differences: [
                .password, .interval(received: .seconds(2), own: .seconds(1)),
                .addresses(missing: addresses("10.0.0.100"), unknown: []),
            ]
        ),
        Change(make: { $0.routerID = 52 }, differences: []),
    ]

    @Test(arguments: changes.indices)
    func saysInWhatAnotherRouterDiffers(index: Int) throws {
        var other = Self.own
        Self.changes[index].make(&other)
        let advertisement = try Self.watched(Self.frame(of: other))
        #expect(advertisement.differences(from: Self.own) == Self.changes[index].differences)
    }

    @Test func saysWhichFormAChecksumHas() throws {
        let own = VirtualRouter.test { $0.version = .three }
        var other = own
        other.checksum = .messageOnly
        let differences = try Self.watched(Self.frame(of: other)).differences(from: own)
        #expect(differences == [.checksumForm(received: .messageOnly, own: .standard)])
    }

    @Test func saysWhoIsNoPeer() throws {
        let own = VirtualRouter.test { $0.audience = .peers(["10.0.0.8": 100...255]) }
        let other = VirtualRouter.test { $0.audience = .peers(["10.0.0.1": nil], hops: 7) }
        let stranger = try Self.watched(Self.frame(of: other, from: "10.0.0.9"))
        #expect(stranger.differences(from: own) == [.stranger(try #require(IPAddress("10.0.0.9")))])
        let peer = try Self.watched(Self.frame(of: other, from: "10.0.0.8"))
        #expect(peer.differences(from: own) == [.hops(received: 7, allowed: 100...255)])
    }

    @Test func saysWhereTrailersDiffer() throws {
        let proved = VirtualRouter.test(.ipv6) {
            $0.authentication = .trailer(TrailerSettings(keys: [1: Array(0..<32)], activeKey: 1))
        }
        let plain = VirtualRouter.test(.ipv6)
        #expect(try Self.watched(Self.frame(of: proved)).differences(from: plain) == [.trailer(isReceived: true)])
        #expect(try Self.watched(Self.frame(of: plain)).differences(from: proved) == [.trailer(isReceived: false)])
        var other = proved
        other.authentication = .trailer(TrailerSettings(keys: [1: Array(1..<33)], activeKey: 1))
        #expect(try Self.watched(Self.frame(of: other)).differences(from: proved) == [.password])
        let line = try #require(WatchedFrame(Self.frame(of: other))).line(for: proved)
        #expect(line.hasSuffix("hmac-counter=0 hmac-check=wrong"))
        other.authentication = .trailer(TrailerSettings(keys: [2: Array(1..<33)], activeKey: 2))
        #expect(try #require(WatchedFrame(Self.frame(of: other))).line(for: proved).hasSuffix("hmac-check=unknown-key"))
        #expect(try #require(WatchedFrame(Self.frame(of: other))).line().hasSuffix("hmac-counter=0"))
    }

    @Test func aPasswordIsNotShownUnlessWanted() throws {
        let frame = try #require(WatchedFrame(Self.frame(of: Self.own)))
        #expect(frame.line().contains(" auth-data=*** "))
        #expect(frame.line(showsPasswords: true).contains(" auth-data=6f6e650000000000 "))
        let open = try #require(WatchedFrame(Self.frame(of: .test())))
        #expect(open.line().contains(" auth-data=0000000000000000 "))
    }

    @Test(arguments: [[0x81, 0, 0, 5], [0x88, 0xa8, 0, 5, 0x81, 0, 0, 6]] as [[UInt8]])
    func tagsAreLookedBehind(tags: [UInt8]) throws {
        #expect(try Self.watched(Self.frame(of: Self.own, tags: tags)).routerID == 51)
    }

    @Test func othersAreLeftOut() throws {
        let frame = try Self.frame(of: Self.own)
        for length in 0..<42 { #expect(WatchedFrame(Array(frame[..<length])) == nil) }
        var tcp = frame
        tcp[23] = 6
        #expect(WatchedFrame(tcp) == nil)
        var fragment = frame
        fragment[21] = 1
        #expect(WatchedFrame(fragment) == nil)
        var other = frame
        other[12] = 0x88
        #expect(WatchedFrame(other) == nil)
        let deep = try Self.frame(of: Self.own, tags: [0x81, 0, 0, 1, 0x81, 0, 0, 2, 0x81, 0, 0, 3])
        #expect(WatchedFrame(deep) == nil)
    }
}

private func addresses(_ texts: String...) -> [IPAddress] {
    texts.compactMap { IPAddress($0) }
}
