import Configuration
import IPVS

/// Which pool of a former configuration each pool of another one goes on from: one behind the same service, and of
/// several there the one of the same name.
struct PoolMatches {
    /// The former pool of each pool, by places; nil where there is none.
    private(set) var former: [Int?] = []
    /// The former pools that nobody goes on from, in order.
    private(set) var gone: [Int]

    /// Finds the matches.
    init(_ virtuals: [VirtualServer], to pools: [ServerPool], _ links: PoolLinks) {
        var isTaken = Array(repeating: false, count: pools.count)
        for virtual in virtuals {
            let candidates = virtual.services.lazy.compactMap { links.place(of: $0.key) }
                .flatMap { links.contributions[$0] }.map(\.pool).filter { !isTaken[$0] }
            let match = candidates.first { pools[$0].virtual.name == virtual.name } ?? candidates.first
            if let match { isTaken[match] = true }
            former.append(match)
        }
        gone = pools.indices.filter { !isTaken[$0] }
    }
}
