// How all stands, for whoever asks.
import Failover

extension FailoverNode {
    /// How all virtual routers stand.
    package var status: NodeStatus {
        var status = NodeStatus()
        status.routers = routers.indices.map { self.status(of: $0) }
        status.groups = groups.map { NodeStatus.Group($0.settings.name, state: $0.state) }
        status.holdsTrackers = !hasTrackers
        return status
    }

    /// Sets the counters of all routers to zero (`SIGRTMAX-1` of keepalived).
    package mutating func clearCounters() {
        for place in routers.indices {
            routers[place].counters = RouterCounters()
            routers[place].rejections.clearCounts()
        }
    }

    private func status(of place: Int) -> RouterStatus {
        let router = routers[place]
        var status = RouterStatus(
            router.settings.name,
            state: router.state,
            since: router.lastTransition,
            priority: router.priority,
            interval: router.masterInterval
        )
        if !router.reasons.isEmpty {
            status.wantedState = .fault
        } else if router.wantsMastership {
            status.wantedState = .master
        }
        status.source = router.source
        status.master = router.state == .backup ? router.master : nil
        status.lastAdvertisement = router.state == .master ? router.lastSent : router.lastHeard
        status.reasons = router.reasons.sorted()
        status.order = router.order
        status.heldFor = router.peerHold.difference
        status.rival = router.state == .master ? router.otherMaster : nil
        status.isSettled = router.state == .master && router.isSettled
        status.counters = router.counters
        return status
    }
}
