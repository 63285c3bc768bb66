import Addresses
import Failover
import Links
import TestKit
import VRRP

// Plans that seeds make.

extension ElectionPlan {
    /// Makes the plan of a seed.
    package init(seed: UInt64, rules: ReferenceRules? = nil) {
        var chance = SimulatedChance(seed: seed)
        let isThree = chance.happens(300)
        let interval =
            isThree
            ? chance.one(of: [100, 200, 500, 1000, 2000], or: 1000) : chance.one(of: [1000, 1000, 2000], or: 1000)
        let count = chance.number(2...4)
        let hasModel = rules != nil || chance.happens(200)
        let routerCount = hasModel ? 1 : chance.number(1...2)
        let isGroup = routerCount == 2 && chance.happens(600)
        let isUnicast = chance.happens(250)
        let preemption = chance.one(
            of: [.atOnce, .atOnce, .never, hasModel ? .atOnce : .after(.seconds(chance.number(1...6)))],
            or: Preemption.atOnce
        )
        let isAuthenticated = !isThree && chance.happens(500)
        let pool =
            chance.happens(150) ? [100, 100, 140, 140] : chance.shuffled([60, 80, 100, 120, 140, 160, 180, 200, 220])

        func router(_ place: Int, priority: Int) -> VirtualRouter {
            .simulated(
                "VI_\(place + 1)",
                id: UInt8(51 + place),
                priority: UInt8(priority),
                addresses: ["10.0.0.\(100 + 50 * place)"]
            ) {
                $0.version = isThree ? .three : .two
                $0.interval = .milliseconds(interval)
                $0.preemption = preemption
                if isAuthenticated { $0.authentication = .password(Array("one".utf8)) }
                if !isGroup { $0.trackers.scripts = [Tracker("check")] }
                if isUnicast { $0.audience = .unicast(UnicastSettings(source: nil, peers: [])) }
            }
        }
        var nodes: [Node] = []
        for place in 0..<count {
            var set = RouterSet()
            set.settings.grace = .seconds(20)
            for number in 0..<routerCount {
                var made = router(number, priority: pool[(place + (isGroup ? 0 : number)) % pool.count])
                if isUnicast {
                    let peers = (0..<count).filter { $0 != place }.map { UnicastSettings.Peer(Self.address(of: $0)) }
                    made.audience = .unicast(UnicastSettings(source: Self.address(of: place), peers: peers))
                }
                set.routers.append(made)
            }
            if isGroup {
                var group = SyncGroup("G", members: set.routers.map(\.name))
                group.trackers.scripts = [Tracker("check")]
                set.groups = [group]
            }
            let kind: Kind =
                rules.map(Kind.reference) ?? (hasModel && place % 2 == 1 ? .reference(.keepalived) : .directrix)
            nodes.append(
                Node(
                    kind: kind,
                    configuration: set,
                    drift: chance.number(-200...200),
                    start: chance.number(0...(chance.happens(500) ? 200 : 8000))
                )
            )
        }
        self.init(
            seed: seed,
            nodes: nodes,
            steps: [],
            longestDelay: chance.number(100...min(30_000, interval * 20)),
            duplicates: chance.happens(300) ? 100 : 0,
            reorders: chance.happens(150)
        )
        let isPure = !nodes.contains { $0.kind == .reference(.keepalived) }
        for _ in 0..<chance.number(3...10) {
            let calm = chance.happens(800)
            let gap = calm ? interval * chance.number(18...30) + 14_000 : chance.number(0...6000)
            steps.append(
                Step(
                    gap: gap,
                    event: Self.event(
                        &chance,
                        count: count,
                        interval: interval,
                        isThree: isThree,
                        isPure: isPure && rules == nil
                    )
                )
            )
        }
    }

    private static func event(
        _ chance: inout SimulatedChance,
        count: Int,
        interval: Int,
        isThree: Bool,
        isPure: Bool
    ) -> ElectionEvent {
        let node = chance.number(0...count - 1)
        switch chance.number(0...(isPure ? 24 : 15)) {
        case 0: return .reboot(node)
        case 1: return .kill(node)
        case 2, 3: return .start(node)
        case 4: return .stop(node)
        case 5: return .pause(node, chance.number(1...interval * 8))
        case 6, 7:
            return .partition(
                Array(chance.shuffled(Array(0..<count)).prefix(chance.number(1...max(1, count - 1)))),
                neighbourIsWithThem: chance.happens(500)
            )
        case 8, 9: return .heal
        case 10: return .oneWay(from: node, to: (node + 1) % count)
        case 11: return .loss(chance.happens(500) ? 0 : chance.number(1...300))
        case 12, 13:
            return .forge(
                chance.one(of: ForgedPacket.allCases, or: .checksum),
                count: chance.number(1...20),
                every: max(1, interval * chance.number(1...14) / 10)
            )
        case 14: return .track(node, isWell: chance.happens(600))
        case 15: return .link(node, isUp: chance.happens(600))
        case 16: return .restart(node, after: interval * chance.number(1...40) / 10, keepsRecord: chance.happens(850))
        case 17: return .takeAway(node)
        case 18: return .order(node, chance.one(of: [.yield, .release, .release, .hold, .take], or: .release))
        case 19: return .clock(node, chance.number(-3600...3600))
        case 20:
            return .reload(
                node,
                chance.one(
                    of: [
                        .nothing, .priority(UInt8(chance.number(3...11) * 20)), .name, .nopreempt(chance.happens(500)),
                    ],
                    or: .nothing
                )
            )
        default:
            let intervals = isThree ? [100, 200, 500, 1000] : [1000, 2000, 3000]
            return .rolling(
                chance.one(
                    of: [
                        .password(chance.one(of: ["two", "three", "one"], or: "two")), .addAddress, .removeAddress,
                        .interval(chance.one(of: intervals, or: 1000)), .number,
                    ],
                    or: .addAddress
                ),
                every: chance.number(100...4000)
            )
        }
    }
}
