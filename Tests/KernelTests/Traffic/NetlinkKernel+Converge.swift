import IPVS
import IPVSNetlink

extension NetlinkKernel {
    /// Carries out one change.
    func perform(_ change: Change) throws {
        if let failure = apply([change]).failures.first { throw failure.error }
    }

    /// Makes the kernel's services those of `wanted`, without a detour.
    func converge(to wanted: Table) throws {
        let report = apply(wanted.changes(from: try snapshot().table))
        if let failure = report.failures.first { throw failure.error }
    }

    /// The same for a single service.
    func converge(to service: VirtualService, _ destinations: [Destination]) throws {
        try converge(to: Table([Table.Entry(service: service, destinations: destinations)]))
    }
}
