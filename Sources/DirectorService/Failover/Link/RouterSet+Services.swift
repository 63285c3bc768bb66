import Addresses
import Failover
import Links

extension RouterSet {
    /// The same with traffic accepted for all addresses that virtual servers have, whatever the file says of that: a rule that drops
    /// it would be a service that nobody can use.
    ///
    /// - Parameter services: the addresses of virtual servers.
    /// - Returns: the set, and the names of the virtual routers for which it made a difference.
    func accepting(for services: Set<IPAddress>) -> (set: RouterSet, changed: [String]) {
        var set = self
        var changed: [String] = []
        for (index, router) in routers.enumerated() where !router.acceptsTraffic {
            let addresses = (router.addresses + router.unadvertisedAddresses).map(\.address.address)
            guard addresses.contains(where: services.contains) else { continue }
            set.routers[index].acceptsTraffic = true
            changed.append(router.name)
        }
        return (set, changed)
    }

    /// The names of all that is tracked of one kind.
    func tracked(_ kind: KeyPath<Trackers, [Tracker]>) -> Set<String> {
        let all = routers.map(\.trackers) + groups.map(\.trackers)
        return Set(all.flatMap { $0[keyPath: kind].map(\.name) })
    }
}
