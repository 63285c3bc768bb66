package import IPVS

/// A table as it was read, held until it is known that nothing changed meanwhile, and then handed out in order.
package struct HeldTable {
    /// A service, and where its servers and counters are.
    private struct Row {
        let service: VirtualService
        let servers: Range<Int>
        let place: Int
    }

    private var rows: [Row] = []
    private var servers: HeldServers
    /// The counters of the services, when they are wanted.
    private var statistics: [Statistics] = []
    /// Which row comes first, second and so on.
    private var order: [Int] = []

    /// Reads a table, with or without counters, to be handed out in the order of the keys or in the kernel's.
    ///
    /// - Throws: the kernel's error.
    package init(of kernel: any IPVSKernel, isSorted: Bool, statistics hasStatistics: Bool) throws(IPVSError) {
        servers = HeldServers(hasStatistics: hasStatistics)
        // What a reading left that had to be repeated is in no row.
        rows = try kernel.snapshot(statistics: hasStatistics) { status in
            let row = Row(
                service: status.service,
                servers: servers.append(status.destinations),
                place: statistics.count
            )
            if hasStatistics { statistics.append(status.statistics) }
            return row
        }
        order = Array(rows.indices)
        if isSorted { order.sort { rows[$0].service.key < rows[$1].service.key } }
    }

    /// Hands the services to `body` one after the other, each with its servers in the kernel's order.
    package func forEach(_ body: (ServiceStatus) -> Void) {
        // One array serves all services, unless `body` keeps it.
        var destinations: [DestinationStatus] = []
        for index in order {
            let row = rows[index]
            destinations.removeAll(keepingCapacity: true)
            for place in row.servers { destinations.append(servers[place]) }
            let counters = statistics.isEmpty ? Statistics() : statistics[row.place]
            body(ServiceStatus(service: row.service, statistics: counters, destinations: destinations))
        }
    }
}
