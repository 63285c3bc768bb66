import Addresses
import IPVS
import Synchronization

/// A simulated kernel that the director's thread and a test can use, and that can be away.
final class SharedKernel: IPVSKernel, Sendable {
    private struct State {
        let kernel = SimulatedKernel()
        var isAway = false
        var batches: [[Change]] = []
    }

    private let state = Mutex(State())

    /// Whether everything fails as it does without the module.
    var isAway: Bool {
        get { state.withLock { $0.isAway } }
        set { state.withLock { $0.isAway = newValue } }
    }

    /// What was applied at a time.
    var batches: [[Change]] { state.withLock { $0.batches } }

    /// Everything that was applied.
    var changes: [Change] { Array(batches.joined()) }

    /// The weights of the servers by their ports; of all services.
    var weights: [UInt16: Int32] {
        state.withLock { state in
            var weights: [UInt16: Int32] = [:]
            for service in state.kernel.snapshot().services {
                for status in service.destinations {
                    weights[status.destination.endpoint.port] = status.destination.weight
                }
            }
            return weights
        }
    }

    /// The keys of all services.
    var services: [ServiceKey] { state.withLock { $0.kernel.snapshot().services.map(\.service.key) } }

    func information() throws(IPVSError) -> KernelInformation { state.withLock { $0.kernel.information() } }

    func snapshot<Row>(statistics: Bool, _ row: (ServiceStatus) -> Row) throws(IPVSError) -> [Row] {
        let snapshot = state.withLock { $0.isAway ? nil : $0.kernel.snapshot() }
        guard let snapshot else { throw .unavailable }
        return snapshot.services.map(row)
    }

    func service(_ key: ServiceKey) throws(IPVSError) -> ServiceStatus { throw .unavailable }

    func timeouts() throws(IPVSError) -> Timeouts { state.withLock { $0.kernel.timeouts() } }

    func daemons() throws(IPVSError) -> [SyncDaemon] { [] }

    func forEachConnection(_ body: (Connection) -> Bool) throws(IPVSError) {}

    func apply(_ changeset: Changeset) -> ApplyReport {
        state.withLock { state in
            guard !state.isAway else {
                let failures = changeset.changes.indices.map { ApplyReport.Failure(index: $0, error: .unavailable) }
                return ApplyReport(count: changeset.changes.count, failures: failures)
            }
            state.batches.append(changeset.changes)
            return state.kernel.apply(changeset)
        }
    }
}
