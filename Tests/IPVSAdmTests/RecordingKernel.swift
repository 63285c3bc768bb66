import IPVS

/// A kernel that notes down what is asked of it, and lets others interfere.
final class RecordingKernel: IPVSKernel {
    let base: SimulatedKernel
    /// The changesets that were applied.
    private(set) var applied: [Changeset] = []
    /// What other programs do between a reading of the table and the changes that follow it, one entry each time.
    var interference: [Changeset] = []
    /// What every reading throws.
    var readFailure: IPVSError?
    /// What a reading of the table gives instead of the base's.
    var services: [ServiceStatus]?
    /// What is done at the end of every reading of the table, before the program has it.
    var afterReading: () -> Void = {}

    init(_ base: SimulatedKernel = SimulatedKernel()) {
        self.base = base
    }

    func information() -> KernelInformation { base.information() }

    func snapshot<Row>(statistics: Bool, _ row: (ServiceStatus) -> Row) throws(IPVSError) -> [Row] {
        if let readFailure { throw readFailure }
        defer { afterReading() }
        return services?.map(row) ?? base.snapshot(statistics: statistics, row)
    }

    func service(_ key: ServiceKey) throws(IPVSError) -> ServiceStatus { try base.service(key) }

    func timeouts() -> Timeouts { base.timeouts() }

    func daemons() -> [SyncDaemon] { base.daemons() }

    func forEachConnection(_ body: (Connection) -> Bool) throws(IPVSError) {
        if let readFailure { throw readFailure }
        base.forEachConnection(body)
    }

    func apply(_ changeset: Changeset) -> ApplyReport {
        if !interference.isEmpty { _ = base.apply(interference.removeFirst()) }
        applied.append(changeset)
        return base.apply(changeset)
    }
}
