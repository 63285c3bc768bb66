package import Configuration
package import IPVS

extension DirectorConfiguration {
    /// The table that a director comes to while every server passes its checks, in the order of listings.
    package var healthyTable: Table {
        let pools = virtualServers.map { ServerPool(healthy: $0) }
        let links = PoolLinks(pools)
        let entries = links.keys.indices.map { service in
            let entry = links.wish(of: service, pools).entry
            return Table.Entry(
                service: entry.service,
                destinations: entry.destinations.sorted { $0.endpoint < $1.endpoint }
            )
        }
        return Table(entries.sorted { $0.service.key < $1.service.key })
    }
}
