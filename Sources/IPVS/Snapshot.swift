/// Every service that a kernel has, with its servers and counters, in the kernel's order.
public struct Snapshot: Hashable, Sendable {
    /// The services in the kernel's order, each with its servers.
    public var services: [ServiceStatus]

    /// Makes a snapshot of these services, of none unless told otherwise.
    public init(services: [ServiceStatus] = []) {
        self.services = services
    }

    /// The same without counters, in the order in which adding everything again would give this snapshot's order.
    public var table: Table {
        Table(services.map { Table.Entry($0) })
    }
}

extension Table.Entry {
    /// A service as the kernel has it, without counters.
    public init(_ status: ServiceStatus) {
        self.init(service: status.service, destinations: status.destinations.reversed().lazy.map(\.destination))
    }
}
