import Addresses
import Failover
import Links
import Time
import VRRP

/// Takes any bytes for a packet of the link, and for a frame of it: there is a verdict, and one that is no moves nothing.
///
/// The first byte chooses the router that hears it, the second how it came: bit 0 without the IP header, bit 1 in an authentication
/// header, bit 2 to one address.
func receiveAdvertisement(_ bytes: [UInt8]) -> Int32 {
    guard bytes.count >= 2 else { return 0 }
    let router = hearingRouters[Int(bytes[0]) % hearingRouters.count]
    let way = bytes[1]
    let body = Array(bytes[2...])
    let isIPv4 = router.family == .ipv4
    let packet = ReceivedPacket(
        bytes: body,
        includesHeader: isIPv4 && way & 1 == 0,
        carrier: way & 2 == 0 ? .vrrp : .authenticationHeader,
        source: isIPv4 ? .v4(IPv4Address(value: 0x0a00_0009)) : .v6(linkLocal(9)),
        destination: isIPv4 ? .v4(IPv4Address(value: way & 4 == 0 ? 0xe000_0012 : 0x0a00_0001)) : .v6(linkLocal(1)),
        hops: 255,
        interface: "eth0",
        arrival: MonotonicTime(nanoseconds: 1),
        clock: .seconds(1_800_000_000)
    )
    var receiver = AdvertisementReceiver(router)
    var changed = router
    changed.interval = .seconds(2)
    receiver.changed(to: changed, grace: .seconds(60), at: MonotonicTime(nanoseconds: 0))
    var log = RejectionLog()
    let verdict = receiver.check(packet)
    switch verdict {
    case .accepted(let advertisement, let remarks):
        precondition(advertisement.addresses.count <= 255, "more addresses than a packet has")
        precondition(advertisement.interval > .zero, "an interval of nothing")
        precondition(remarks.count <= 6, "more remarks than there are kinds")
        _ = try? packet.routerID
    case .rejected(let reason):
        precondition(log.note(reason, of: packet)?.count == 1, "the first is not told")
        precondition(log.note(reason, of: packet) == nil, "the second is told")
        precondition(receiver.check(packet) == verdict, "what was rejected changed the next verdict")
        _ = reason.difference
    }
    watch(body, router)
    let kind: [UInt8] = isIPv4 ? [8, 0] : [0x86, 0xdd]
    watch([UInt8](repeating: 2, count: 12) + kind + body, router)
    return 0
}

private func watch(_ frame: [UInt8], _ router: VirtualRouter) {
    guard let watched = WatchedFrame(frame, clock: .seconds(1_800_000_000)) else { return }
    let line = watched.line(for: router)
    precondition(line.utf8.count < 12_000, "a line is long")
    precondition(line.utf8.allSatisfy { (0x20..<0x7f).contains($0) }, "a line has what moves a cursor")
    guard case .advertisement(let advertisement) = watched.content else { return }
    precondition(advertisement.differences(from: router).count <= 8, "more differences than there are kinds")
}

private func linkLocal(_ number: UInt64) -> IPv6Address {
    IPv6Address(high: 0xfe80 << 48, low: number)
}

/// Those who hear: each way to prove a sender in each version and family, for a group and for peers.
let hearingRouters: [VirtualRouter] = {
    var routers: [VirtualRouter] = []
    let trailer = TrailerSettings(keys: [1: Array(0..<32)], activeKey: 1)
    var forgiving = trailer
    forgiving.mode = .permissive
    forgiving.timeWindow = .seconds(5)
    let proofs: [Authentication?] = [
        nil, .password(Array("one".utf8)), .header(Array("AHpass12".utf8)), .trailer(trailer), .trailer(forgiving),
    ]
    for family in AddressFamily.allCases {
        let isIPv4 = family == .ipv4
        let group: IPAddress =
            isIPv4
            ? .v4(IPv4Address(value: 0xe000_0012)) : .v6(IPv6Address(high: 0xff02 << 48, low: 0x12))
        let sender: IPAddress = isIPv4 ? .v4(IPv4Address(value: 0x0a00_0009)) : .v6(linkLocal(9))
        let peers = UnicastSettings(source: nil, peers: [.init(sender, hops: 200...255)])
        for audience in [Audience.multicast(MulticastSettings(group: group)), .unicast(peers)] {
            for proof in proofs {
                for version in [VirtualRouter.ProtocolVersion.two, .three] {
                    var router = VirtualRouter(
                        "VI_1",
                        family: family,
                        routerID: 51,
                        interface: "eth0",
                        audience: audience
                    )
                    router.version = version
                    router.authentication = proof
                    let address: IPAddress = isIPv4 ? .v4(IPv4Address(value: 0x0a00_0064)) : .v6(linkLocal(0x100))
                    router.addresses = [VirtualAddress(LinkAddress(address, on: "eth0"))]
                    routers.append(router)
                }
            }
        }
    }
    return routers
}()
