import Addresses
public import IPVS
import Netlink

// A dump of IPVS is no snapshot: between two datagrams of one dump, and between the dumps of two services, others may
// change the table, and the kernel does not tell. Only what fits one datagram is read at one moment. So whatever spans
// several is read until two readings agree, and a service without servers is looked at twice, for so reads one that is
// being made anew. What is read of each service was true of it at one moment; of two services the moments may differ.

extension NetlinkKernel {
    /// How often a reading is repeated before the table counts as unsettled.
    private static let attempts = 8

    /// What `row` makes of every service: dumps of `IPVS_CMD_GET_SERVICE`, and of `IPVS_CMD_GET_DEST` for each.
    ///
    /// The services are read before and after their servers, and everything again when the two readings differ.
    ///
    /// - Throws: `IPVSError.unsettled` when they differ every time, `.refused(.notPermitted)` without CAP_NET_ADMIN,
    ///   `.transport` when no answer comes or a system call fails, `.malformedReply` when an answer cannot be read.
    public func snapshot<Row>(statistics: Bool, _ row: (ServiceStatus) -> Row) throws(IPVSError) -> [Row] {
        for _ in 0..<Self.attempts {
            do {
                if let rows = try readAll(statistics: statistics, row) { return rows }
            } catch {
                guard Self.disturbances.contains(error) else { throw error }
            }
        }
        throw .unsettled(attempts: Self.attempts)
    }

    /// Lost messages, and a dump that they left unfinished.
    private static let disturbances: [IPVSError] = [.transport(.noBufferSpace), .refused(.busy)]

    /// One attempt at a snapshot; nil when the table changed meanwhile.
    private func readAll<Row>(statistics: Bool, _ row: (ServiceStatus) -> Row) throws(IPVSError) -> [Row]? {
        guard let reading = try readServices(statistics: statistics) else { return nil }
        var rows: [Row] = []
        rows.reserveCapacity(reading.services.count)
        var empty: [ServiceKey] = []
        // One array serves all services, unless `row` keeps it.
        var destinations: [DestinationStatus] = []
        for (index, service) in reading.services.enumerated() {
            try read(&destinations, of: service.key, statistics: statistics)
            if destinations.isEmpty { empty.append(service.key) }
            let counters = statistics ? reading.statistics[index] : Statistics()
            rows.append(row(ServiceStatus(service: service, statistics: counters, destinations: destinations)))
        }
        // A service that went away in between has read like one without servers.
        guard try isStill(reading.services) else { return nil }
        for key in empty {
            try read(&destinations, of: key, statistics: false)
            if !destinations.isEmpty { return nil }
        }
        return rows
    }

    /// One service with its servers: `IPVS_CMD_GET_SERVICE` and a dump of `IPVS_CMD_GET_DEST`.
    ///
    /// Servers that fill several datagrams are read until two readings agree.
    ///
    /// - Throws: `IPVSError.refused(.noSuchService)` when there is none, `.refused(.notPermitted)` without
    ///   CAP_NET_ADMIN, `.unsettled` when its servers never agree, `.transport` when no answer comes or a system call
    ///   fails, `.malformedReply` when an answer cannot be read.
    public func service(_ key: ServiceKey) throws(IPVSError) -> ServiceStatus {
        var found: ServiceStatus?
        try ask(WireCommand.getService, about: key) { range, bytes throws(DecodingError) in
            found = try ReplyDecoder.service(in: range, of: bytes)
        }
        guard var status = found else { throw .malformedReply("no service") }
        try read(&status.destinations, of: key, statistics: true)
        return status
    }

    /// The services of a table in the kernel's order, and their counters when they are wanted.
    private struct ServiceReading {
        var services: [VirtualService] = []
        var statistics: [Statistics] = []
    }

    /// All services, without servers; nil when the dump was disturbed.
    private func readServices(statistics: Bool) throws(IPVSError) -> ServiceReading? {
        var reading = ServiceReading()
        // Memory that is never written to is never paid for; a list that outgrew its room would be copied.
        reading.services.reserveCapacity(1000)
        let trace = try ask(WireCommand.getService, dumps: true) { range, bytes throws(DecodingError) in
            let status = try ReplyDecoder.service(in: range, of: bytes, statistics: statistics)
            reading.services.append(status.service)
            if statistics { reading.statistics.append(status.statistics) }
        }
        guard !trace.isInterrupted, !reading.services.hasRepetition else { return nil }
        return reading
    }

    /// Whether the kernel has these services, in this order, with these settings.
    private func isStill(_ services: [VirtualService]) throws(IPVSError) -> Bool {
        var index = 0
        var isSame = true
        let trace = try ask(WireCommand.getService, dumps: true) { range, bytes throws(DecodingError) in
            let service = try ReplyDecoder.service(in: range, of: bytes, statistics: false).service
            if index >= services.count || services[index] != service { isSame = false }
            index += 1
        }
        return isSame && index == services.count && !trace.isInterrupted
    }

    /// Reads the servers of a service; none when there is no such service.
    private func read(
        _ destinations: inout [DestinationStatus],
        of key: ServiceKey,
        statistics: Bool
    ) throws(IPVSError) {
        var last: [DestinationStatus]?
        for _ in 0..<Self.attempts {
            destinations.removeAll(keepingCapacity: true)
            let trace = try ask(WireCommand.getDestination, dumps: true, about: key) {
                range,
                bytes throws(DecodingError) in
                destinations.append(
                    try ReplyDecoder.destination(
                        in: range,
                        of: bytes,
                        serviceFamily: key.family,
                        statistics: statistics
                    )
                )
            }
            if trace.datagrams <= 1, !trace.isInterrupted { return }
            let isDistinct = Set(destinations.map(\.destination.endpoint)).count == destinations.count
            let agrees =
                last?.elementsEqual(destinations, by: { $0.destination.endpoint == $1.destination.endpoint }) ?? false
            if isDistinct, agrees, !trace.isInterrupted { return }
            last = destinations
        }
        throw .unsettled(attempts: Self.attempts)
    }
}

extension [VirtualService] {
    /// Whether a key stands in it twice.
    fileprivate var hasRepetition: Bool {
        var keys = Set<ServiceKey>(minimumCapacity: count)
        return !allSatisfy { keys.insert($0.key).inserted }
    }
}
