import Addresses
import Failover
package import Time

// Received packets: whose they are, whether they count, what follows.

extension FailoverNode {
    /// Takes a received packet; of those that wait all are given before time passes.
    package mutating func received(_ packet: ReceivedPacket, at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else { return [] }
        guard let number = try? packet.routerID else { return [] }
        let candidates = index.places(interface: packet.interface, family: packet.source.family, routerID: number)
        guard let place = choose(candidates, for: packet) else {
            guard configuration.settings.tellsUnknownRouters,
                let count = strangers.count(number, on: packet.interface, at: now)
            else { return [] }
            tell(.unknownRouter(number, on: packet.interface, from: packet.source, count: count))
            return finish(at: now)
        }
        // A router that takes no part hears nothing.
        guard routers[place].state == .backup || routers[place].state == .master else { return [] }
        touch(place)
        switch routers[place].judge(packet, routerID: number, at: now) {
        case .accepted(let advertisement, let remarks):
            for remark in routers[place].remarks.note(remarks, of: packet) {
                tell(.noticed(remark, from: packet.source), of: place)
            }
            let reaction = routers[place].heard(advertisement, from: packet.source, at: now, into: &actions)
            react(place, reaction, at: now)
        case .rejected(let reason):
            rejected(place, reason, packet, at: now)
        }
        return finish(at: now)
    }

    /// The router that a packet is for, where several share a number: the one that speaks as it was spoken to, and has its
    /// sender for a peer.
    private func choose(_ candidates: [Int], for packet: ReceivedPacket) -> Int? {
        guard candidates.count > 1 else { return candidates.first }
        let fitting = candidates.filter { place in
            switch routers[place].settings.audience {
            case .multicast: packet.destination.isMulticast
            case .unicast(let settings): settings.peers.contains { $0.address == packet.source }
            }
        }
        return fitting.first ?? candidates.first
    }

    private mutating func react(_ place: Int, _ reaction: RouterReaction, at now: MonotonicTime) {
        switch reaction {
        case .nothing: break
        case .advertise: send(place, at: now)
        case .answer:
            for member in unit(of: place) where routers[member].state == .master {
                touch(member)
                send(member, at: now)
                announcer.heardLower(routers[member].settings.name, at: now)
            }
        case .yield(let other):
            if routers[place].settings.habits.advertisesBeforeYielding { send(place, at: now) }
            tell(.yielded(to: other, own: routers[place].priority), of: place)
            leave(place, for: .backup, telling: unit(of: place).filter { $0 != place }, times: 1, at: now)
            routers[place].master = other
        case .yieldAfterStall(let other):
            tell(.yieldedAfterStall(to: other), of: place)
            leave(place, for: .backup, telling: unit(of: place).filter { $0 != place }, times: 1, at: now)
            routers[place].master = other
        }
    }

    /// Counts and tells a packet that does not count: it moves no timer and changes no state.
    private mutating func rejected(
        _ place: Int,
        _ reason: RejectionReason,
        _ packet: ReceivedPacket,
        at now: MonotonicTime
    ) {
        let source = packet.source
        routers[place].heardSinceLink = true
        routers[place].counters.count(reason)
        if let report = routers[place].rejections.note(reason, of: packet) { tell(report, of: place) }
        guard let difference = reason.difference else { return }
        if routers[place].state == .master {
            routers[place].otherMaster = RouterStatus.Rival(source, difference: difference)
            if routers[place].telling.mayTell(.twoMasters, every: RejectionLog.pause, at: now) {
                routers[place].counters.twoMasters += 1
                tell(.twoMasters(other: source, difference: difference), of: place)
            }
        } else if difference.changesInSteps {
            let begins = routers[place].peerHold.differs(
                difference,
                from: source,
                master: routers[place].master?.address,
                grace: configuration.settings.grace,
                at: now
            )
            if begins { tell(.heldForPeer(source, difference: difference), of: place) }
        }
    }
}

extension FailoverNode {
    /// Tells of packets that did not count.
    mutating func tell(_ report: RejectionLog.Report, of place: Int) {
        if case .ownAddress(let address, let priority) = report.reason {
            tell(.ownAddressHeard(address, priority: priority), of: place)
        } else {
            tell(.rejected(report.reason, from: report.source, count: report.count), of: place)
        }
    }
}

extension PeerDifference {
    /// Whether it is one of those in which routers of a link are changed one after the other.
    var changesInSteps: Bool {
        switch self {
        case .version, .authentication, .password, .trailer, .interval, .addresses, .addressCount: true
        case .hops, .checksumForm, .audience, .stranger: false
        }
    }
}

extension RouterCounters {
    /// Counts a packet that did not count.
    mutating func count(_ reason: RejectionReason) {
        rejected += 1
        switch reason.kind {
        case .tooShort, .length, .totalLength: lengthErrors += 1
        case .hops, .hopsOutOfRange: hopErrors += 1
        case .type: typeErrors += 1
        case .interval: intervalErrors += 1
        case .addressCount, .missingAddress: addressListErrors += 1
        case .unknownAuthentication: unknownAuthentications += 1
        case .authentication, .unexpectedHeader, .missingHeader: otherAuthentications += 1
        case .password, .headerDigest, .headerIndex, .headerReplayed: authenticationFailures += 1
        case .missingTrailer: trailersMissing += 1
        case .trailerType: trailersMalformed += 1
        case .trailerKey: trailersOfUnknownKeys += 1
        case .trailerDigest: trailersInvalid += 1
        case .trailerTime: trailersStale += 1
        case .trailerReplayed: trailersReplayed += 1
        case .unknownRouter, .version, .checksum, .unexpectedUnicast, .unexpectedMulticast, .stranger, .ownAddress:
            break
        }
    }
}
