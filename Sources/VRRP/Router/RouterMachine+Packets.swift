import Addresses
import Failover
import Time

// Received packets against what the router demands, in the form of today and in that of before.

extension RouterMachine {
    /// Holds a packet against the router.
    mutating func judge(_ packet: ReceivedPacket, routerID: UInt8, at now: MonotonicTime) -> PacketVerdict {
        guard let former, former.end > now else { return receiver.check(packet) }
        var reason: RejectionReason?
        if routerID == settings.routerID {
            switch receiver.check(packet) {
            case .accepted(let advertisement, let remarks): return .accepted(advertisement, remarks)
            case .rejected(let why): reason = why
            }
        }
        guard routerID == former.settings.routerID else { return .rejected(reason ?? .unknownRouter(routerID)) }
        let verdict = self.former?.receiver.check(packet)
        if case .accepted(let advertisement, _)? = verdict {
            let difference = PeerDifference.audience(isMulticast: packet.destination.isMulticast)
            return .accepted(advertisement, reason == nil ? [] : [.oldSetting(difference)])
        }
        return .rejected(reason ?? .unknownRouter(routerID))
    }

    /// Takes another configuration, and is known by the one before for a while.
    mutating func change(to new: VirtualRouter, grace: Duration, at now: MonotonicTime) {
        let old = settings
        settings = new
        if old.routerID != new.routerID || old.isUnicast != new.isUnicast {
            former =
                grace > .zero
                ? FormerIdentity(settings: old, writer: writer, receiver: receiver, end: now + grace) : nil
            writer = AdvertisementWriter(new, largestPacket: writer.largestPacket)
            receiver = AdvertisementReceiver(new, largestPacket: writer.largestPacket)
            receiver.ownAddress = source
            receiver.knownMaster = master?.address
        } else {
            writer.changed(to: new)
            receiver.changed(to: new, grace: grace, at: now)
        }
        guard state == .master else { return }
        masterInterval = new.interval
        if let lastSent, let due { self.due = min(due, lastSent + new.interval) }
    }
}

extension VirtualRouter {
    /// Whether it speaks to peers.
    var isUnicast: Bool {
        switch audience {
        case .unicast: true
        case .multicast: false
        }
    }
}
