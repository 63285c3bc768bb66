import Addresses
import Configuration
import IPVS

// What is to be done to the kernel's table.

extension DirectedService {
    /// What a plan depends on beside the service.
    struct Circumstances {
        /// What the director is doing.
        var phase: MailAlert.Phases
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
        var changes = subjects.contains(.service) ? planService() : []
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

    private mutating func planService() -> [PlannedChange] {
        let wanted = virtual.service
        guard appliedService != wanted else { return [] }
        if actualService == wanted {
            appliedService = wanted
            return []
        }
        let isNew = actualService == nil
        let event = TableEvent(verb: isNew ? .added : .changed, subject: .virtualServer, details: key.text)
        return [
            PlannedChange(isNew ? .addService(wanted) : .editService(wanted), of: key, [.init(event: event)])
        ]
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
            return planned(.deleteDestination(endpoint, of: key), event(removing: endpoint), circumstances)
        }
        guard let present else {
            let isLeftOut = !circumstances.addsQuiescent && virtual.reconciliation != .repair
            if wanted.weight == 0, applied[endpoint] != nil, isLeftOut {
                // Somebody else took it out; it comes back when it is up.
                applied[endpoint] = wanted
                return nil
            }
            let verb: TableEvent.Verb = wanted.weight == 0 && circumstances.addsQuiescent ? .readded : .added
            return planned(.addDestination(wanted, to: key), event(verb, wanted), circumstances)
        }
        if present == wanted {
            applied[endpoint] = wanted
            return nil
        }
        let verb: TableEvent.Verb = wanted.weight == 0 ? .quiesced : .restored
        return planned(.editDestination(wanted, of: key), event(verb, wanted), circumstances)
    }

    /// How a server that may not be used enters a table of slots: with its weight, and without it in the same breath.
    ///
    /// The scheduler gives it the slots of its weight, so that no flow of the others moves when it comes into service.
    private func entry(of planned: PlannedChange) -> (PlannedChange, PlannedChange)? {
        guard case .addDestination(let destination, let key) = planned.change, destination.weight == 0,
            ["mh", "sh"].contains(virtual.service.scheduler),
            let weight = serversByEndpoint[destination.endpoint]?.first.map({ servers[$0].real.destination.weight }),
            weight > 0
        else { return nil }
        var weighing = destination
        weighing.weight = weight
        var first = PlannedChange(.addDestination(weighing, to: key), of: key, planned.notes)
        first.isTold = false
        return (first, PlannedChange(.editDestination(destination, of: key), of: key, planned.notes))
    }

    private func planned(_ change: Change, _ event: TableEvent, _ circumstances: Circumstances) -> PlannedChange {
        PlannedChange(change, of: key, [note(event, in: circumstances.phase)])
    }

    private func note(_ event: TableEvent, in phase: MailAlert.Phases) -> PlannedChange.Note {
        PlannedChange.Note(event: event, mail: virtual.mail(about: event.line, in: phase))
    }

    /// The removal of the whole service: at a stop, or when a new configuration no longer has it.
    func removal(at occasion: String, in phase: MailAlert.Phases) -> PlannedChange {
        var notes: [PlannedChange.Note] = []
        if occasion == "stop" {
            for server in servers where server.isServing && actual[server.real.destination.endpoint] != nil {
                let details = "\(server.real.kernelText) (\(key.text))"
                notes.append(
                    note(
                        TableEvent(verb: .purged, subject: .realServer, occasion: occasion, details: details),
                        in: phase
                    )
                )
            }
        }
        let event = TableEvent(verb: .purged, subject: .virtualServer, occasion: occasion, details: key.text)
        return PlannedChange(.deleteService(key), of: key, notes + [.init(event: event)])
    }

    private func event(_ verb: TableEvent.Verb, _ destination: Destination) -> TableEvent {
        let (subject, name) = name(of: destination.endpoint)
        return TableEvent(
            verb: verb,
            subject: subject,
            details: "\(name) (\(key.text)) (Weight set to \(destination.weight))"
        )
    }

    private func event(removing endpoint: Endpoint) -> TableEvent {
        let (subject, name) = name(of: endpoint)
        let details = "\(name) (\(key.text))"
        if strangers.contains(endpoint) {
            return TableEvent(verb: .purged, subject: .realServer, occasion: "start", details: details)
        }
        return TableEvent(verb: .deleted, subject: subject, details: details)
    }

    /// What stands, or stood, at an endpoint, and how it is called.
    func name(of endpoint: Endpoint) -> (TableEvent.Subject, String) {
        let indexes = serversByEndpoint[endpoint] ?? []
        guard let index = indexes.first(where: { servers[$0].isServing }) ?? indexes.first else {
            let isFallback = virtual.fallback?.endpoint == endpoint
            return (isFallback ? .fallbackServer : .realServer, endpoint.description)
        }
        return (.realServer, servers[index].real.kernelText)
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

    /// What the fallback's command has to be told now.
    mutating func fallbackCommandDue() -> FallbackCommand? {
        guard virtual.fallbackCommand != nil, isRead else { return nil }
        let word: FallbackWord
        if servingCount == 0 {
            word = .start
        } else if isServerStanding, virtual.fallback == nil || !isFallbackStanding {
            word = .stop
        } else {
            return nil
        }
        guard word != fallbackWord else { return nil }
        fallbackWord = word
        return virtual.fallbackCommand(word)
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
