import IPVS
import TestKit

/// A kernel that refuses some changes, loses some answers, and shows every single change to a watcher.
final class FaultyKernel: IPVSKernel {
    let base: SimulatedKernel
    /// How many of a thousand changes are refused, and how many take effect although their answer is lost.
    var refusals = 0
    var lostAnswers = 0
    /// Is told of every change that took effect, with the service before and after it.
    var watcher: ((Change, _ before: ServiceStatus?, _ after: ServiceStatus?) -> Void)?
    /// Is told of every change of what services share that took effect, with timeouts and daemons before and after it.
    var settingsWatcher: ((Change, _ before: SimulatedSettings.State, _ after: SimulatedSettings.State) -> Void)?
    private var random: SimulatedChance

    init(_ base: SimulatedKernel = SimulatedKernel(), random: SimulatedChance) {
        self.base = base
        self.random = random
    }

    func information() -> KernelInformation { base.information() }
    func snapshot<Row>(statistics: Bool, _ row: (ServiceStatus) -> Row) -> [Row] {
        base.snapshot(statistics: statistics, row)
    }

    func service(_ key: ServiceKey) throws(IPVSError) -> ServiceStatus { try base.service(key) }
    func timeouts() -> Timeouts { base.timeouts() }
    func daemons() -> [SyncDaemon] { base.daemons() }
    func forEachConnection(_ body: (Connection) -> Bool) { base.forEachConnection(body) }

    func apply(_ changeset: Changeset) -> ApplyReport {
        var failures: [ApplyReport.Failure] = []
        for (index, change) in changeset.changes.enumerated() {
            if random.happens(refusals) {
                failures.append(ApplyReport.Failure(index: index, error: .refused(.outOfMemory)))
                continue
            }
            let before = change.key.flatMap { try? base.service($0) }
            let former = SimulatedSettings.State(base)
            if let failure = base.apply(Changeset([change])).failures.first {
                failures.append(ApplyReport.Failure(index: index, error: failure.error))
                continue
            }
            if change.key != nil {
                watcher?(change, before, change.key.flatMap { try? base.service($0) })
            } else {
                settingsWatcher?(change, former, SimulatedSettings.State(base))
            }
            if random.happens(lostAnswers) { failures.append(ApplyReport.Failure(index: index, error: .unanswered)) }
        }
        return ApplyReport(count: changeset.changes.count, failures: failures)
    }
}

extension Change {
    /// The service that the change is about; nil for one that is about no single service.
    var key: ServiceKey? {
        switch self {
        case .addService(let service), .editService(let service): service.key
        case .deleteService(let key), .addDestination(_, let key), .editDestination(_, let key),
            .deleteDestination(_, let key):
            key
        case .zero(let key): key
        case .flush, .setTimeouts, .startDaemon, .stopDaemon: nil
        }
    }
}
