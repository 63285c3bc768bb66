import Addresses
import Configuration
import IPVS

// What is to be done to the kernel's table.

extension DirectedService {
    /// What a plan depends on beside the service.
    struct Circumstances {
        /// What the director is doing.
        var phase: DirectorPhase
        /// Whether servers that fail while they are not in the table are added: `readdquiescent`.
        var addsQuiescent: Bool
    }

    /// Whether the service was deleted by somebody else, and is left so, for good or for the time being.
    var isAbandoned: Bool {
        isRead && appliedService != nil && actualService == nil && virtual.reconciliation != .repair
    }

    /// The changes for what is dirty: what brings traffic first, and what takes it away last.
    mutating func plan(_ circumstances: Circumstances) -> [PlannedChange] {
        guard isRead else { return [] }
        let subjects = doubtful.isEmpty ? dirty : dirty.filter { !doubtful.contains($0) }
        dirty = []
        isDirty = []
        guard !isAbandoned else { return [] }
        if actualService == nil, !subjects.contains(.service) {
            // Nothing can be added to a service that could not be added itself, or may not have been.
            failed.formUnion(subjects)
            return []
        }
        // What is tried now waits for nothing any more.
        failed.subtract(subjects)
        var changes = subjects.contains(.service) ? planService(in: circumstances.phase) : []
        var raises: [PlannedChange] = []
        var lowers: [PlannedChange] = []
        var deletions: [PlannedChange] = []
        for case .destination(let endpoint) in subjects {
            guard let planned = planDestination(endpoint, circumstances) else { continue }
            if let entry = entry(of: planned) {
                changes += [entry.0, entry.1]
                continue
            }
            switch planned.change {
            case .deleteDestination: deletions.append(planned)
            case .editDestination(let destination, _) where destination.weight == 0: lowers.append(planned)
            case .editDestination: raises.append(planned)
            default: changes.append(planned)
            }
        }
        changes += raises + lowers + deletions
        if changes.isEmpty, failed.isEmpty { delay = nil }
        return changes
    }

    private mutating func planService(in phase: DirectorPhase) -> [PlannedChange] {
        let wanted = virtual.service
        guard appliedService != wanted else { return [] }
        if actualService == wanted {
            appliedService = wanted
            return []
        }
        let isNew = actualService == nil
        let step = TableStep(isNew ? .added : .changed, .service)
        return [PlannedChange(isNew ? .addService(wanted) : .editService(wanted), of: virtual, [step], in: phase)]
    }

    private mutating func planDestination(_ endpoint: Endpoint, _ circumstances: Circumstances) -> PlannedChange? {
        let wanted = wanted(at: endpoint)
        guard wanted != applied[endpoint] else { return nil }
        let present = actual[endpoint]
        guard let wanted else {
            guard present != nil else {
                forget(endpoint)
                return nil
            }
            return planned(.deleteDestination(endpoint, of: key), step(removing: endpoint), circumstances)
        }
        guard let present else {
            let isLeftOut = !circumstances.addsQuiescent && virtual.reconciliation != .repair
            if wanted.weight == 0, applied[endpoint] != nil, isLeftOut {
                // Somebody else took it out; it comes back when it is up.
                applied[endpoint] = wanted
                return nil
            }
            let deed: TableStep.Deed = wanted.weight == 0 && circumstances.addsQuiescent ? .readded : .added
            return planned(.addDestination(wanted, to: key), step(deed, wanted), circumstances)
        }
        if present == wanted {
            applied[endpoint] = wanted
            return nil
        }
        let deed: TableStep.Deed = wanted.weight == 0 ? .quiesced : .restored
        return planned(.editDestination(wanted, of: key), step(deed, wanted), circumstances)
    }

    /// How a server that may not be used enters a table of slots: with its weight, and without it in the same breath.
    ///
    /// The scheduler gives it the slots of its weight, so that no flow of the others moves when it comes into service.
    private func entry(of planned: PlannedChange) -> (PlannedChange, PlannedChange)? {
        guard case .addDestination(let destination, let key) = planned.change, destination.weight == 0,
            ["mh", "sh"].contains(virtual.service.scheduler),
            let weight = serversByEndpoint[destination.endpoint]?.first.map({ servers[$0].destination.weight }),
            weight > 0
        else { return nil }
        var weighing = destination
        weighing.weight = weight
        var (first, second) = (planned, planned)
        first.change = .addDestination(weighing, to: key)
        first.isTold = false
        second.change = .editDestination(destination, of: key)
        return (first, second)
    }

    private func planned(_ change: Change, _ step: TableStep, _ circumstances: Circumstances) -> PlannedChange {
        PlannedChange(change, of: virtual, [step], in: circumstances.phase)
    }

    /// The removal of the whole service: at a stop, or when a new configuration no longer has it.
    func removal(at occasion: TableStep.Occasion, in phase: DirectorPhase) -> PlannedChange {
        var steps: [TableStep] = []
        if occasion == .stop {
            for server in servers where server.isServing && actual[server.destination.endpoint] != nil {
                steps.append(TableStep(.purged(occasion), .server(server.real)))
            }
        }
        steps.append(TableStep(.purged(occasion), .service))
        return PlannedChange(.deleteService(key), of: virtual, steps, in: phase)
    }

    private func step(_ deed: TableStep.Deed, _ destination: Destination) -> TableStep {
        TableStep(deed, tableSubject(at: destination.endpoint), weight: destination.weight)
    }

    private func step(removing endpoint: Endpoint) -> TableStep {
        TableStep(strangers.contains(endpoint) ? .purged(.start) : .deleted, tableSubject(at: endpoint))
    }

    /// What stands, or stood, at an endpoint: of several real servers the first that takes connections.
    func tableSubject(at endpoint: Endpoint) -> TableSubject {
        let indexes = serversByEndpoint[endpoint] ?? []
        guard let index = indexes.first(where: { servers[$0].isServing }) ?? indexes.first else {
            return standby?.endpoint == endpoint ? .standby(endpoint) : .surplus(endpoint)
        }
        return .server(servers[index].real)
    }

    /// Nothing stands at an endpoint, and nothing shall.
    private mutating func forget(_ endpoint: Endpoint) {
        applied[endpoint] = nil
        strangers.remove(endpoint)
    }

    /// Takes over what one of the director's changes did.
    mutating func took(_ change: Change) {
        failed.remove(Subject(of: change))
        switch change {
        case .addService(let service), .editService(let service):
            actualService = service
            appliedService = service
        case .addDestination(let destination, _), .editDestination(let destination, _):
            actual[destination.endpoint] = destination
            applied[destination.endpoint] = destination
        case .deleteDestination(let endpoint, _):
            actual[endpoint] = nil
            forget(endpoint)
        case .deleteService:
            // It was of an earlier configuration, and belongs to this one again.
            actualService = nil
            appliedService = nil
            actual = [:]
            applied = [:]
            strangers = []
            markAll()
        case .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon:
            preconditionFailure("a director never asks for \(change)")
        }
        if isFallbackStanding || !strangers.isEmpty { markDependents(hasNewReason: false) }
    }

    /// Notes that a change has to be tried again.
    mutating func missed(_ change: Change, _ error: IPVSError) {
        failed.insert(Subject(of: change))
        if case .refused = error { return }
        doubtful.insert(Subject(of: change))
    }

    /// What is to be told of the standby now; nil for nothing, or where there is no command to be told.
    mutating func standbyNeedDue() -> StandbyNeed? {
        guard virtual.fallbackCommand != nil, isRead else { return nil }
        let need: StandbyNeed
        if servingCount == 0 {
            need = .needed
        } else if isServerStanding, standby == nil || !isFallbackStanding {
            need = .notNeeded
        } else {
            return nil
        }
        guard need != standbyNeed else { return nil }
        standbyNeed = need
        return need
    }
}

extension DirectedService.Subject {
    /// What one of a director's changes is about.
    init(of change: Change) {
        switch change {
        case .addService, .editService, .deleteService: self = .service
        case .addDestination(let destination, _), .editDestination(let destination, _):
            self = .destination(destination.endpoint)
        case .deleteDestination(let endpoint, _): self = .destination(endpoint)
        case .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon:
            preconditionFailure("a director never asks for \(change)")
        }
    }
}
