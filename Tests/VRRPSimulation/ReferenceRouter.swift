import Addresses
import Failover
import Time
import VRRP

/// The rules of a model: those of keepalived, ours, and ours with a flaw.
package struct ReferenceRules: Hashable, Sendable {
    /// Whether a packet that does not count lets a master wait a whole interval again.
    package var restartsOnRejected = false
    /// Whether a master that yields says a word before.
    package var advertisesBeforeYielding = true
    /// Whether a backup takes over from a master of its own priority and a lower address.
    package var takesOverFromEqual = false
    /// Whether a high priority waits longer than a low one.
    package var hasWrongSkew = false
    /// Whether another list of addresses does not count.
    package var comparesAddresses = false

    /// Rules without a flaw.
    package init() {}

    /// Those of keepalived 2.2.7.
    package static var keepalived: ReferenceRules {
        var rules = ReferenceRules()
        rules.restartsOnRejected = true
        rules.advertisesBeforeYielding = false
        rules.comparesAddresses = true
        return rules
    }

    /// Rules with one flaw each, by which promises show that they see something.
    package static var broken: [ReferenceRules] {
        var flawed = [ReferenceRules](repeating: ReferenceRules(), count: 4)
        flawed[0].restartsOnRejected = true
        flawed[1].advertisesBeforeYielding = false
        flawed[2].takesOverFromEqual = true
        flawed[3].hasWrongSkew = true
        return flawed
    }
}

/// A virtual router by the rules of RFC 3768, written for itself in as few words as can be.
struct ReferenceRouter: Sendable {
    let settings: VirtualRouter
    let rules: ReferenceRules
    let source: IPAddress
    private(set) var isMaster = false
    private(set) var due: MonotonicTime
    private var masterInterval: Duration
    private var writer: AdvertisementWriter
    private var receiver: AdvertisementReceiver
    /// The rounds of announcements that are left, and when the next one is due.
    private var rounds = 0
    private var nextRound: MonotonicTime?

    init(_ settings: VirtualRouter, rules: ReferenceRules, source: IPAddress, at now: MonotonicTime) {
        self.settings = settings
        self.rules = rules
        self.source = source
        masterInterval = settings.interval
        writer = AdvertisementWriter(settings)
        receiver = AdvertisementReceiver(settings)
        receiver.ownAddress = source
        due = now
        due = now + patience
    }

    /// What it does.
    struct Output {
        var sent: [SentAdvertisement] = []
        /// Whether it announces its addresses.
        var announces = false
        /// Whether it became master with it.
        var begins = false
    }

    private var skew: Duration {
        let base = settings.version == .two ? Duration.seconds(1) : masterInterval
        let share = rules.hasWrongSkew ? Int(settings.priority) : 256 - Int(settings.priority)
        return base * share / 256
    }

    private var patience: Duration { masterInterval * settings.downCount + skew }

    var nextMoment: MonotonicTime { min(due, nextRound ?? due) }

    mutating func timePassed(at now: MonotonicTime) -> Output {
        var output = Output()
        if due <= now {
            if !isMaster {
                isMaster = true
                output.begins = true
                masterInterval = settings.interval
                announce(at: now)
            }
            output.sent = send(settings.priority, at: now)
        }
        if let moment = nextRound, moment <= now {
            output.announces = true
            rounds -= 1
            nextRound = rounds > 0 ? now + .seconds(5) : nil
        }
        return output
    }

    mutating func stop(at now: MonotonicTime) -> Output {
        guard isMaster else { return Output() }
        return Output(sent: send(0, at: now))
    }

    mutating func received(_ packet: ReceivedPacket, at now: MonotonicTime) -> Output {
        guard (try? packet.routerID) == settings.routerID else { return Output() }
        guard case .accepted(let advertisement, let remarks) = receiver.check(packet), !isForeign(remarks) else {
            if isMaster, rules.restartsOnRejected { due = now + settings.interval }
            return Output()
        }
        if isMaster, rules.restartsOnRejected { due = now + settings.interval }
        return isMaster
            ? heardAsMaster(advertisement, packet.source, at: now)
            : heardAsBackup(advertisement, packet.source, at: now)
    }

    private func isForeign(_ remarks: [PacketRemark]) -> Bool {
        rules.comparesAddresses
            && remarks.contains {
                switch $0 {
                case .addressCount, .missingAddress: true
                default: false
                }
            }
    }

    private mutating func heardAsBackup(
        _ advertisement: Advertisement,
        _ other: IPAddress,
        at now: MonotonicTime
    ) -> Output {
        if advertisement.priority == 0 {
            due = now + skew
            return Output()
        }
        let isPreempted =
            settings.preemption != .never
            && (advertisement.priority < settings.priority
                || rules.takesOverFromEqual && advertisement.priority == settings.priority && other < source)
        guard !isPreempted else { return Output() }
        if settings.version == .three { masterInterval = advertisement.interval }
        due = now + patience
        return Output()
    }

    private mutating func heardAsMaster(
        _ advertisement: Advertisement,
        _ other: IPAddress,
        at now: MonotonicTime
    ) -> Output {
        let isHigher =
            advertisement.priority > settings.priority
            || advertisement.priority == settings.priority && other > source
        guard isHigher else {
            if advertisement.priority > 0 { announce(at: now) }
            return Output(sent: send(settings.priority, at: now))
        }
        let sent = rules.advertisesBeforeYielding ? send(settings.priority, at: now) : []
        isMaster = false
        nextRound = nil
        if settings.version == .three { masterInterval = advertisement.interval }
        due = now + patience
        return Output(sent: sent)
    }

    private mutating func send(_ priority: UInt8, at now: MonotonicTime) -> [SentAdvertisement] {
        due = now + settings.interval
        return writer.write(priority: priority, from: source, clock: .zero)
    }

    private mutating func announce(at now: MonotonicTime) {
        rounds = 2
        nextRound = now
    }
}
