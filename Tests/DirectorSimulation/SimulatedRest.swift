import Addresses
import Configuration
import Dialogues
import IPVS

/// What the table must be once all is calm, by what servers would answer.
struct SimulatedRest {
    let account: SimulatedAccount
    /// What is answered to a question.
    let answer: (HealthCheck) -> CheckResult

    /// Whether every server has the verdict that it deserves.
    var misjudged: [String] {
        account.pools.flatMap { pool in
            pool.members.filter { !$0.isInMaintenance && $0.isAlive != isUp($0) }.map { member in
                "\(member.real.writtenEndpoint) of \(pool.virtual.name ?? "") was not asked in time"
            }
        }
    }

    private func isUp(_ member: SimulatedMember) -> Bool {
        !member.isInMaintenance && member.answers.allSatisfy { $0.asks && $0.isGood(answer($0.check.probe)) }
    }

    /// What a service may be: more than one thing where it depends on what was before anybody looked.
    func entries(of key: ServiceKey) -> [Table.Entry] {
        guard let service = account.service(key), let pools = account.contributors[key] else { return [] }
        let open = pools.filter { pool in
            let level = account.pools[pool].level
            return account.pools[pool].virtual.standby != nil && level != .held && !account.pools[pool].isDown
                && level != .lost
        }
        let certain = pools.filter { account.pools[$0].level == .held }
        return (0..<(1 << open.count)).map { choice in
            let chosen = open.enumerated().filter { choice & (1 << $0.offset) != 0 }.map(\.element)
            return entry(service, pools, held: Set(certain + chosen))
        }
    }

    private func entry(_ service: VirtualService, _ pools: [Int], held: Set<Int>) -> Table.Entry {
        var places: [Endpoint: (rank: Int, destination: Destination)] = [:]
        for place in pools {
            let pool = account.pools[place]
            let serves = held.contains(place) || pool.virtual.standby == nil
            func offer(_ server: RealServer, _ rank: Int, weight: Int32) {
                var destination = server.destination(in: service)
                destination.weight = weight
                if let other = places[destination.endpoint], other.rank <= rank { return }
                places[destination.endpoint] = (rank, destination)
            }
            for member in pool.members where isUp(member) {
                if member.weight == 0 {
                    offer(member.real, 2, weight: 0)
                } else if serves {
                    offer(member.real, 0, weight: member.weight)
                }
            }
            for member in pool.members where member.real.whenDown == .quiesced { offer(member.real, 3, weight: 0) }
            guard let standby = pool.virtual.standby else { continue }
            if !serves {
                offer(standby.server, 1, weight: max(1, standby.server.weight))
            } else if standby.staysWithoutWeight {
                offer(standby.server, 3, weight: 0)
            }
        }
        return Table.Entry(service: service, destinations: places.values.map(\.destination))
    }
}
