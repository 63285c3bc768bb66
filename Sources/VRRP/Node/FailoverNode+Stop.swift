import Failover
import Links
package import Time

// The end of the process.

extension FailoverNode {
    /// Ends.
    ///
    /// - Parameter keeps: whether another process follows at once and takes mastership up (`restart --keep`): then nobody is
    ///   told, and the kernel keeps what it has.
    package mutating func stop(keeping keeps: Bool, at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else { return [] }
        tell(.stopping(keeps: keeps))
        guard !keeps else {
            // The longer ago the last advertisement, the less time has the next process.
            for place in routers.indices where routers[place].state == .master { send(place, at: now) }
            return end(at: now)
        }
        let masters = routers.indices.filter { routers[$0].state == .master && routers[$0].canSend }
        for turn in 0..<2 {
            for place in masters {
                send(place, priority: 0, at: now)
                if turn == 0 { tell(.sentPriorityZero, of: place) }
            }
        }
        for place in routers.indices {
            if routers[place].state == .master, !routers[place].settings.addresses.isEmpty {
                tell(.removing(.addresses), of: place)
            }
            if routers[place].state == .master { routers[place].counters.releasedMaster += 1 }
            actions.append(.want(LinkWish(), of: .router(routers[place].settings.name)))
            actions.append(.clearRecord(digest: routers[place].record))
            routers[place].state = .initial
            routers[place].due = nil
            announcer.end(routers[place].settings.name)
            tell(.stopped, of: place)
        }
        for group in groups.indices {
            groups[group].state = .initial
            tell(.stopped, ofGroup: group)
        }
        actions.append(.want(LinkWish(), of: .statics))
        actions.append(.note([]))
        return end(at: now)
    }

    private mutating func end(at now: MonotonicTime) -> [NodeAction] {
        life = .stopped
        for place in routers.indices { touch(place) }
        return finish(at: now)
    }
}
