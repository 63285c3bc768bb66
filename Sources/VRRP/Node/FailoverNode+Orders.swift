import Failover
package import Time

// Orders of an operator.

extension FailoverNode {
    /// Carries out what an operator wants.
    package mutating func ordered(_ order: NodeOrder, at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else { return [] }
        for unit in units where concerns(order, unit) {
            for place in unit { touch(place) }
            carryOut(order.deed, on: unit, at: now)
        }
        return finish(at: now)
    }

    /// Whether an order is for a router, or for the group of some routers.
    private func concerns(_ order: NodeOrder, _ unit: [Int]) -> Bool {
        guard let name = order.name else { return true }
        return unit.contains { place in
            routers[place].settings.name == name || routers[place].group.map { groups[$0].settings.name } == name
        }
    }

    private mutating func carryOut(_ deed: NodeOrder.Deed, on unit: [Int], at now: MonotonicTime) {
        guard let first = unit.first else { return }
        let isMaster = routers[first].state == .master
        switch deed {
        case .yield:
            order(deed, unit)
            if isMaster {
                leave(first, for: .backup, telling: unit, at: now)
                for place in unit { routers[place].expectSuccessor(at: now) }
            }
            for place in unit { adjust(place, at: now) }
        case .take:
            let isBarred = unit.contains { place in
                routers[place].state == .backup && routers[place].settings.priority != .max
                    && routers[place].master?.priority == .max
            }
            guard !isBarred else {
                for place in unit { tell(.refusedOrder(deed), of: place) }
                return
            }
            order(deed, unit)
            for place in unit { adjust(place, at: now) }
            if unit.allSatisfy({ routers[$0].state == .backup }) { becomeMaster(first, at: now) }
        case .hold, .release:
            order(deed, unit)
            for place in unit { adjust(place, at: now) }
            guard deed == .release else { return }
            for place in unit where routers[place].losses.end != nil {
                routers[place].losses.finish()
                evaluate(place, at: now)
            }
            settle(unit, at: now)
        }
    }

    private mutating func order(_ deed: NodeOrder.Deed, _ unit: [Int]) {
        for place in unit {
            routers[place].order = deed == .release ? nil : deed
            tell(.ordered(deed), of: place)
        }
    }
}
