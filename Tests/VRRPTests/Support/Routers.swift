import Addresses
import Failover
import Links
import Testing
import Time

@testable import VRRP

extension VirtualRouter {
    /// The router of the receive checks, with what a test changes: version 2, number 51, 10.0.0.100, one second.
    static func test(
        _ family: AddressFamily = .ipv4,
        addresses: [String]? = nil,
        _ change: (inout VirtualRouter) -> Void = { _ in }
    ) -> VirtualRouter {
        let group = IPAddress(family == .ipv4 ? "224.0.0.18" : "ff02::12") ?? .any(family)
        var router = VirtualRouter(
            "VI_1",
            family: family,
            routerID: 51,
            interface: "eth0",
            audience: .multicast(MulticastSettings(group: group))
        )
        let texts = addresses ?? [family == .ipv4 ? "10.0.0.100" : "fe80::100"]
        router.addresses = texts.compactMap { IPAddress($0) }.map { VirtualAddress(LinkAddress($0, on: "eth0")) }
        if family == .ipv6 { router.version = .three }
        change(&router)
        return router
    }
}

extension Audience {
    /// Peers by their addresses.
    static func peers(_ peers: [String: ClosedRange<UInt8>?], hops: UInt8? = nil) -> Audience {
        let list = peers.sorted { $0.key < $1.key }.compactMap { text, range in
            IPAddress(text).map { UnicastSettings.Peer($0, hops: range) }
        }
        var settings = UnicastSettings(source: nil, peers: list)
        settings.hops = hops
        return .unicast(settings)
    }
}

extension ReceivedPacket {
    /// An advertisement as the other end of the link has it.
    init(_ sent: SentAdvertisement, at moment: Int64 = 0, clock: Duration = .seconds(1_800_000_000)) {
        let isIPv4 = sent.source.family == .ipv4
        self.init(
            bytes: sent.bytes,
            includesHeader: isIPv4,
            carrier: sent.carrier,
            source: sent.source,
            destination: sent.destination,
            hops: isIPv4 ? sent.bytes[8] : sent.hops ?? 64,
            interface: "eth0",
            arrival: MonotonicTime(nanoseconds: moment * 1_000_000_000),
            clock: clock
        )
    }

    /// What a router of a configuration sends first, from an address.
    static func first(
        of router: VirtualRouter,
        priority: UInt8 = 200,
        from source: String? = nil,
        at moment: Int64 = 0,
        clock: Duration = .seconds(1_800_000_000)
    ) -> ReceivedPacket? {
        var writer = AdvertisementWriter(router)
        guard let source = IPAddress(source ?? (router.family == .ipv4 ? "10.0.0.9" : "fe80::9")) else { return nil }
        return writer.write(priority: priority, from: source, clock: clock).first
            .map { ReceivedPacket($0, at: moment, clock: clock) }
    }
}

extension AdvertisementReceiver {
    /// The verdict on what a router of a configuration sends first.
    mutating func verdict(
        on other: VirtualRouter,
        from source: String? = nil,
        at moment: Int64 = 0,
        clock: Duration = .seconds(1_800_000_000)
    ) -> PacketVerdict {
        guard let packet = ReceivedPacket.first(of: other, from: source, at: moment, clock: clock) else {
            Issue.record("nothing is written")
            return .rejected(.tooShort(other.family, length: 0))
        }
        return check(packet)
    }
}

extension PacketVerdict {
    /// The reason; nil where it was accepted.
    var reason: RejectionReason? {
        switch self {
        case .accepted: nil
        case .rejected(let reason): reason
        }
    }

    /// The remarks; nil where it was rejected.
    var remarks: [PacketRemark]? {
        switch self {
        case .accepted(_, let remarks): remarks
        case .rejected: nil
        }
    }

    var advertisement: Advertisement? {
        switch self {
        case .accepted(let advertisement, _): advertisement
        case .rejected: nil
        }
    }
}
