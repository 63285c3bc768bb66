import Addresses
import Failover
import Time

/// One virtual router in its election: whom it heard, when it is due, what keeps it out.
///
/// It decides for itself what an advertisement or a moment means to it. What follows for the members of its group, and what
/// the kernel shall have, `FailoverNode` sees to.
struct RouterMachine: Sendable {
    /// The shortest interval that is counted with, whatever an advertisement says (RFC 9568 has hundredths of seconds).
    static let shortestInterval = Duration.milliseconds(10)

    /// The configuration in force.
    var settings: VirtualRouter
    /// The place of its group; nil for none.
    var group: Int?
    /// What it tracks.
    var trackers = RouterTrackers()

    var state = RouterState.initial
    /// When a backup takes over, or a master advertises.
    var due: MonotonicTime?
    /// Whether its time ran out, and it waits for the other members of its group.
    var wantsMastership = false
    /// The priority that what it tracks makes of the configured one.
    var trackedPriority: UInt8
    /// The priority that its time runs by, and that was told last.
    var countedPriority: UInt8
    /// Whether it was looked at once, so that what changes is worth telling.
    var hasBegun = false
    /// Why it takes no part, of its own.
    var reasons: Set<FaultReason> = []
    /// Whether something that it tracks without a weight was never looked at.
    var awaitsTrackers = false
    /// What an operator wants of it; nil for nothing.
    var order: NodeOrder.Deed?

    /// The master that was heard last.
    var master: RouterMatter.Other?
    /// The highest priority of another router that was heard since it began, whatever the state: who takes over when it leaves.
    var rival: RouterMatter.Other?
    /// The interval by which a backup waits: the master's in version 3.
    var masterInterval: Duration
    /// The end of the delay before it takes over from a lower master; nil before it began.
    var delayEnd: MonotonicTime?
    /// Whether `delayEnd` was told to be over.
    var isDelayOver = false

    /// The source of its advertisements; nil while there is none.
    var source: IPAddress?
    /// Whether advertisements can leave: its interface is there and works.
    var canSend = false
    /// Whether anything was heard since its link came up.
    var linkSince: MonotonicTime?
    var heardSinceLink = false
    /// Whether neighbours may look for its addresses here although another router has them: it lost them by a fault or by its death,
    /// and whoever is master may have been so before, on the other side of a partition, and never have heard of it.
    var mayBeLookedFor = false
    /// The moment of its last own advertisement.
    var lastSent: MonotonicTime?
    /// The moment of its last answer to a lower priority, by which answers are kept apart.
    var lastAnswer: MonotonicTime?
    /// Whether a time that ran out while the process was stalled was prolonged already.
    var wasGivenTime = false
    /// The moment of the last advertisement of others that counted.
    var lastHeard: MonotonicTime?
    /// The moment at which it entered its state.
    var lastTransition = MonotonicTime(nanoseconds: 0)
    /// Whether the kernel has all that it wants as master.
    var isSettled = false
    /// The addresses that could not be set since it became master.
    var unset: Set<IPAddress> = []
    /// The number of its addresses that no advertisement has room for.
    var crowdedOut = 0
    /// Another router that is master too, and why neither hears the other.
    var otherMaster: RouterStatus.Rival?

    var writer: AdvertisementWriter
    var receiver: AdvertisementReceiver
    /// The name in the kernel of the interface that is made for it, where its own was taken.
    var linkName: String?
    /// The digest that its record is found by.
    var record: UInt64 = 0
    var counters = RouterCounters()
    var telling = RouterTelling()
    var rejections = RejectionLog()
    var remarks = RemarkLog()
    var peerHold = PeerHold()
    var losses = LossCount()
    /// What peers know it by until they have been changed too; nil for nothing.
    var former: FormerIdentity?

    /// Makes the machine of a router that has not begun.
    init(_ settings: VirtualRouter) {
        self.settings = settings
        trackedPriority = settings.priority
        masterInterval = settings.interval
        writer = AdvertisementWriter(settings)
        receiver = AdvertisementReceiver(settings)
        countedPriority = settings.priority
    }

    /// The priority that advertisements have.
    var priority: UInt8 {
        order == .take && settings.priority != .max ? .max - 1 : trackedPriority
    }

    /// The time by which a priority waits longer than 255 would (RFC 9568 §6.1, RFC 3768 §6.1).
    func skew(of priority: UInt8) -> Duration {
        let base = settings.version == .two ? Duration.seconds(1) : masterInterval
        return .nanoseconds(base.nanoseconds / 256 * Int64(256 - Int(priority)))
    }

    /// The time without an advertisement after which it takes over.
    var patience: Duration {
        masterInterval * settings.downCount + skew(of: priority)
    }

    /// The least time in which any peer may take over from it.
    var shortestPatience: Duration {
        settings.interval * settings.downCount + skew(of: .max)
    }

    /// Whether it owns the addresses and begins as their master.
    var beginsAsMaster: Bool { settings.priority == .max && settings.beginsAsMaster }

    /// Whether another router comes before this one at the same priority.
    func isBefore(_ other: RouterMatter.Other) -> Bool {
        guard other.priority == priority else { return other.priority > priority }
        guard let source else { return true }
        return other.address > source
    }

    /// Whether it was silent so long that a peer may have taken over.
    mutating func isStalled(at now: MonotonicTime) -> Bool {
        guard state == .master, let lastSent else { return false }
        return now - lastSent > shortestPatience
    }

    /// When it wants to be woken; nil for never.
    ///
    /// It changes nothing, but is asked in place: a getter would copy the router for each packet.
    mutating func nextMoment() -> MonotonicTime? {
        var next = due
        for moment in [losses.end, former?.end, rejections.nextMoment] {
            guard let moment else { continue }
            next = min(next ?? moment, moment)
        }
        return next
    }

    /// Lets the time of a backup run anew.
    mutating func restart(at now: MonotonicTime) {
        due = now + patience
    }
}

extension RouterMachine {
    /// Waits for whoever it gave mastership to no longer than that one may need: where nobody comes, it takes it back.
    mutating func expectSuccessor(at now: MonotonicTime) {
        guard state == .backup else { return }
        due = min(due ?? .distantFuture, now + skew(of: 1) + masterInterval + skew(of: priority))
    }
}
