package import Addresses
package import Failover
package import Time

/// Holds received packets against one virtual router: the checks of RFC 9568 §7.1 and of keepalived, in its order.
///
/// A packet that is rejected changes nothing here: no sequence number counts but that of an advertisement that was accepted.
package struct AdvertisementReceiver: Sendable {
    /// A configuration that was replaced, whose advertisements are accepted until a moment.
    private struct Earlier: Sendable {
        var router: VirtualRouter
        var expectation: Expectation
        var end: MonotonicTime
    }

    /// The most earlier configurations whose advertisements are accepted at a time.
    private static let earlierLimit = 4

    private var router: VirtualRouter
    private var current: Expectation
    private var earlier: [Earlier] = []
    private(set) var sequences = SenderSequences()
    /// The source of our own advertisements; nil where it is not known.
    package var ownAddress: IPAddress?
    /// The master that is known, in whose advertisements addresses may be left unread (`skip_check_adv_addr`).
    package var knownMaster: IPAddress?

    /// The most bytes of a packet with its IP header, of the interface that they come by.
    package var largestPacket: Int {
        didSet { if largestPacket != oldValue { workOut() } }
    }

    /// Makes a receiver that has heard nobody.
    package init(_ router: VirtualRouter, largestPacket: Int = 1_500) {
        self.router = router
        self.largestPacket = largestPacket
        current = Expectation(of: router, largestPacket: largestPacket)
    }

    /// Demands what another configuration of the router says, and accepts for a time what this one said.
    ///
    /// That holds for the version, the password or key, the interval and the addresses, so that the routers of a link may be
    /// changed one after the other.
    package mutating func changed(to router: VirtualRouter, grace: Duration, at now: MonotonicTime) {
        let old = self.router
        self.router = router
        defer { workOut() }
        earlier.removeAll { $0.end <= now }
        guard router.routerID == old.routerID, router.family == old.family else {
            earlier = []
            sequences = SenderSequences()
            return
        }
        if grace > .zero, router.differsInSteps(from: old) {
            earlier.insert(Earlier(router: old, expectation: current, end: now + grace), at: 0)
            if earlier.count > Self.earlierLimit { earlier.removeLast() }
        }
        for index in earlier.indices { earlier[index].router = router.withSteps(of: earlier[index].router) }
    }

    /// Works out what this configuration and earlier ones demand.
    private mutating func workOut() {
        current = Expectation(of: router, largestPacket: largestPacket)
        for index in earlier.indices {
            earlier[index].expectation = Expectation(of: earlier[index].router, largestPacket: largestPacket)
        }
    }

    /// Whether what an earlier configuration said is still accepted.
    package func isInGrace(at now: MonotonicTime) -> Bool {
        earlier.contains { $0.end > now }
    }

    /// The protocols that advertisements may come in at a moment: those of the configuration and of earlier ones that are still
    /// accepted.
    package func carriers(at now: MonotonicTime) -> Set<Carrier> {
        let demands = [current.demand] + earlier.filter { $0.end > now }.map(\.expectation.demand)
        return Set(demands.map(\.carrier))
    }

    /// Holds a packet against the router.
    package mutating func check(_ packet: ReceivedPacket) -> PacketVerdict {
        let reason: RejectionReason
        do {
            let (advertisement, remarks) = try check(packet, by: current)
            sequences.note(advertisement.proof, from: packet.source)
            return .accepted(
                advertisement,
                remarks.isEmpty ? remarks : forgiven(remarks, advertisement, packet.arrival)
            )
        } catch {
            reason = error
        }
        for entry in earlier where packet.arrival < entry.end {
            guard case .accepted(let advertisement) = check(packet, by: entry) else { continue }
            sequences.note(advertisement.proof, from: packet.source)
            return .accepted(advertisement, reason.difference.map { [.oldSetting($0)] } ?? [])
        }
        return .rejected(reason)
    }

    private enum EarlierVerdict {
        case accepted(Advertisement)
        case rejected
    }

    private func check(_ packet: ReceivedPacket, by entry: Earlier) -> EarlierVerdict {
        do {
            return .accepted(try check(packet, by: entry.expectation).0)
        } catch {
            return .rejected
        }
    }

    private func check(
        _ packet: ReceivedPacket,
        by expectation: Expectation
    ) throws(RejectionReason) -> (Advertisement, [PacketRemark]) {
        let check = PacketCheck(
            packet: packet,
            layout: try PacketLayout(of: packet),
            expectation: expectation,
            sequences: sequences,
            ownAddress: ownAddress,
            knownMaster: knownMaster
        )
        return try check.run()
    }

    /// Remarks on the addresses of an advertisement, where they are those of an earlier configuration, as one about that.
    private func forgiven(_ remarks: [PacketRemark], _ advertisement: Advertisement, _ now: MonotonicTime)
        -> [PacketRemark]
    {
        guard remarks.contains(where: \.isOfAddresses),
            earlier.contains(where: { now < $0.end && $0.expectation.addressSet == Set(advertisement.addresses) })
        else { return remarks }
        let difference = current.difference(of: advertisement.addresses)
        return remarks.filter { !$0.isOfAddresses } + [.oldSetting(difference)]
    }
}
