import Addresses
import Failover
import Time
import VRRP

// What must hold when all has settled.

extension ElectionWorld {
    /// Holds the state of all against what it must be when nothing happened for long enough.
    mutating func checkCalm() {
        guard now >= promises.calmAt, promises.violations.isEmpty else { return }
        for router in addresses.indices { checkHolder(router) }
    }

    /// Each part of the network whose nodes hear each other has one holder: the best of them, or one that need not give way.
    private mutating func checkHolder(_ router: Int) {
        var left = Set(nodes.indices.filter { nodes[$0].isRunning })
        while let first = left.min() {
            let part = left.filter { $0 == first || connects(first, $0) }
            left.subtract(part)
            // Where one hears another that does not hear it nothing is promised but that all comes to rest.
            guard isWhole(part) else { return }
            let able = part.filter { nodes[$0].isEligible && nodes[$0].order != .hold }.sorted()
            let holders = holders(router).filter(part.contains)
            guard let best = able.max(by: { rank(router, $0) < rank(router, $1) }) else {
                if holders.contains(where: { nodes[$0].order != .hold }) {
                    promises.violated("router \(router) is held by \(holders), none of which is able to", at: now)
                }
                continue
            }
            guard holders.count == 1, let holder = holders.first else {
                promises.violated(
                    "router \(router) is held by \(holders) among \(part.sorted()), best \(best)",
                    at: now
                )
                continue
            }
            checkPreference(router, holder: holder, best: best, part: part)
            checkNeighbour(router, holder: holder)
        }
    }

    /// Whether the nodes of a part hear each other, and nobody else.
    private func isWhole(_ part: Set<Int>) -> Bool {
        for one in part {
            for other in nodes.indices where other != one {
                let (there, back) = (network.reaches(one, other), network.reaches(other, one))
                if there != back { return false }
            }
            for other in part
            where other != one && nodes[one].isLinkUp && nodes[other].isLinkUp && !connects(one, other) {
                return false
            }
        }
        return true
    }

    /// What decides between two nodes: the priority, then the address.
    private func rank(_ router: Int, _ place: Int) -> (Int, Int) {
        let settings = nodes[place].machine.configuration.routers
        guard settings.indices.contains(router) else { return (0, place) }
        switch nodes[place].order {
        case .take: return (254, place)
        default: return (Int(settings[router].priority), place)
        }
    }

    private mutating func checkPreference(_ router: Int, holder: Int, best: Int, part: Set<Int>) {
        guard holder != best else { return }
        let settings = nodes[best].machine.configuration.routers
        guard settings.indices.contains(router) else { return }
        let isEqual = rank(router, holder).0 >= rank(router, best).0
        let isWaiting = settings[router].preemption == .never || nodes[best].order != nil
        // A group is as good as the place of its members together, which ranks alone do not say.
        let isGroup = nodes[best].machine.configuration.groups.isEmpty == false
        let isBarred = isGroup && settings.indices.contains { rank($0, best).0 <= rank($0, holder).0 }
        guard !isEqual, !isWaiting, !isBarred else { return }
        promises.violated("router \(router) is held by \(holder) although \(best) is better", at: now)
    }

    /// The neighbour knows the holder, unless its announcement went past it and nobody else announced since.
    private mutating func checkNeighbour(_ router: Int, holder: Int) {
        // The model of keepalived yields without a word, so that nobody knows that the neighbour must be told (S5).
        guard !nodes.contains(where: \.isForeign) else { return }
        // Two that do not hear each other may both be heard by the neighbour.
        guard holders(router).count == 1 else { return }
        guard network.connects(holder, network.neighbour), nodes[holder].isLinkUp, !promises.missed[router] else {
            return
        }
        guard promises.learned[router] != holder else { return }
        // One that is dead yields to nobody, so that nobody learns of it.
        if let learned = promises.learned[router], !nodes[learned].isRunning { return }
        let learned = promises.learned[router].map(String.init) ?? "nobody"
        promises.violated("the neighbour looks for router \(router) at \(learned) and not at \(holder)", at: now)
    }
}
