import Configuration
import IPVS

/// Which pool of a former configuration each pool of another one goes on from.
///
/// It is the one of the same label, or else the one of the same name behind one of its services; a pool whose name is new
/// goes on from one of those behind its services that nobody goes on from by name.
struct PoolMatches {
    /// The former pool of each pool, by places; nil where there is none.
    private(set) var former: [Int?]
    /// The former pools that nobody goes on from, in order.
    private(set) var gone: [Int]

    /// Finds the matches.
    init(_ virtuals: [VirtualServer], to pools: [ServerPool], _ links: PoolLinks) {
        var search = Search(pools, links)
        former = virtuals.map { search.take(labelled: $0.label) }
        for (place, virtual) in virtuals.enumerated() where former[place] == nil {
            former[place] = search.take(for: virtual, byName: true)
        }
        for (place, virtual) in virtuals.enumerated() where former[place] == nil {
            former[place] = search.take(for: virtual, byName: false)
        }
        gone = pools.indices.filter { !search.isTaken[$0] }
    }

    /// The former pools that are still to be had.
    private struct Search {
        /// A service, and the name of pools behind it, or all of them.
        private struct Seat: Hashable {
            let service: Int
            let name: String??
        }

        private let links: PoolLinks
        /// The pools of each seat in order; those that are taken are left out as they come up.
        private var pools: [Seat: ArraySlice<Int>] = [:]
        /// The pools of each label in order.
        private var labelled: [String: ArraySlice<Int>] = [:]
        private(set) var isTaken: [Bool]

        init(_ pools: [ServerPool], _ links: PoolLinks) {
            self.links = links
            isTaken = Array(repeating: false, count: pools.count)
            for pool in pools.indices {
                if let label = pools[pool].virtual.label { labelled[label, default: []].append(pool) }
            }
            for (service, contributions) in links.contributions.enumerated() {
                for pool in contributions.lazy.map(\.pool) {
                    self.pools[Seat(service: service, name: .some(pools[pool].virtual.name)), default: []].append(pool)
                    self.pools[Seat(service: service, name: nil), default: []].append(pool)
                }
            }
        }

        mutating func take(labelled label: String?) -> Int? {
            guard let label, let pool = labelled[label]?.popFirst() else { return nil }
            isTaken[pool] = true
            return pool
        }

        mutating func take(for virtual: VirtualServer, byName: Bool) -> Int? {
            for service in virtual.services {
                guard let service = links.place(of: service.key) else { continue }
                let seat = Seat(service: service, name: byName ? .some(virtual.name) : nil)
                while let pool = pools[seat]?.popFirst() {
                    guard !isTaken[pool] else { continue }
                    isTaken[pool] = true
                    return pool
                }
            }
            return nil
        }
    }
}
