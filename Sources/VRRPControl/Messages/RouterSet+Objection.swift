import Addresses
package import Failover
import Links

extension RouterSet {
    /// What forbids to put the set into force, whoever has sent it; nil when it is sound.
    ///
    /// The language that a configuration is written in says more, and sooner. This holds what came over the line to what the protocol and
    /// the reckoning of times can bear, so that a damaged set does no harm.
    package var objection: String? {
        if routers.count > Self.mostRouters { return "it has \(routers.count) virtual routers" }
        for router in routers {
            if let objection = router.objection { return "virtual router \(router.name): \(objection)" }
        }
        var names: Set<String> = []
        for name in routers.map(\.name) where !names.insert(name).inserted { return "it has \(name) twice" }
        let times =
            interfaceDelays.values.flatMap { [$0.down, $0.up] } + paces.flatMap { [$0.arp, $0.neighbour] }
            + processes.flatMap { [$0.startDelay, $0.endDelay] }
            + [settings.startDelay, settings.bootDelay, settings.realTimeLimit, settings.grace]
        guard times.allSatisfy(\.isBearable) else { return "a time is out of range" }
        if let priority = settings.realTimePriority, !(1...99).contains(priority) {
            return "its real-time priority is \(priority)"
        }
        if let niceness = settings.niceness, !(-20...19).contains(niceness) { return "its nice value is \(niceness)" }
        guard settings.processors.allSatisfy({ (0..<4096).contains($0) }) else {
            return "it names a processor above 4095"
        }
        return nil
    }

    /// As many as an interface has numbers, for each family, on 16 interfaces.
    private static let mostRouters = 8192
}

extension VirtualRouter {
    fileprivate var objection: String? {
        guard routerID > 0 else { return "its number is 0" }
        guard priority > 0 else { return "its priority is 0" }
        guard interval >= .milliseconds(10), interval <= .seconds(255) else { return "its interval is out of range" }
        guard (1...100).contains(downCount) else { return "it counts \(downCount) intervals" }
        guard addresses.count <= 255 else { return "it advertises \(addresses.count) addresses" }
        guard addresses.allSatisfy({ $0.address.address.family == family }) else {
            return "an address is of another family"
        }
        guard announcements.isBearable else { return "its announcements are out of range" }
        guard announcements.times.allSatisfy(\.isBearable) else { return "a time is out of range" }
        switch preemption {
        case .after(let time), .afterSynchronisation(let time):
            guard time.isBearable else { return "its delay is out of range" }
        case .atOnce, .never: break
        }
        if case .trailer(let settings) = authentication {
            guard settings.keys[settings.activeKey] != nil else { return "its key \(settings.activeKey) is missing" }
            guard settings.timeWindow?.isBearable != false else { return "its time window is out of range" }
        }
        if let receiveBuffer, !(0...(1 << 30)).contains(receiveBuffer) {
            return "its buffer has \(receiveBuffer) bytes"
        }
        return nil
    }
}

extension AnnouncementSettings {
    fileprivate var isBearable: Bool {
        [rounds, refreshRounds, roundsAfterLower].allSatisfy { (0...1_000_000).contains($0) }
    }

    fileprivate var times: [Duration] { [delay, refresh, delayAfterLower, extraInterval] }
}

extension Duration {
    /// Whether it is no less than zero and no more than a year, within which no sum of moments overflows.
    fileprivate var isBearable: Bool { self >= .zero && self <= .seconds(366 * 86_400) }
}
