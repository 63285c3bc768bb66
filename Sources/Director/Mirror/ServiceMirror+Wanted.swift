import Addresses
import Configuration
import IPVS

// What shall stand in the kernel at the moment, and how it gets there.

extension ServiceMirror {
    /// Whether the kernel has the service.
    var isInTable: Bool { known.actualService != nil }

    /// The weight that stands in the kernel at an endpoint; nil where nothing does.
    func weight(at endpoint: Endpoint) -> Int32? { known.actual[endpoint]?.weight }

    /// Whether the service was deleted by somebody else, and is left so, for good or for the time being.
    var isAbandoned: Bool {
        isRead && known.appliedService != nil && known.actualService == nil && reconciler.reconciliation != .repair
    }

    /// Whether somebody who shall serve stands in the kernel with weight, as far as that is certain.
    func isServed(_ wish: ServiceWish) -> Bool { progress.isServed(wish) }

    /// Whether a standby stands in the kernel, and not a server at the same endpoint.
    func isStandbyStanding(_ wish: ServiceWish) -> Bool { progress.isStandbyStanding(wish) }

    /// What shall stand at an endpoint now, since others have to come or to go before.
    func wanted(at endpoint: Endpoint, _ wish: ServiceWish) -> Destination? {
        guard let wanted = wish[endpoint] else {
            return progress.surplus.contains(endpoint) && !mayPurge(wish) ? known.applied[endpoint] : nil
        }
        if let bridge = wanted.bridge, (known.actual[endpoint]?.weight ?? 0) > 0, !isServed(wish) { return bridge }
        if wanted.reason == .adopted, let destination = wanted.destination {
            return unproven(destination)
        }
        if let placeholder = wanted.placeholder, known.applied[endpoint] != nil { return placeholder }
        return wanted.destination
    }

    /// A server that was found in service and has not answered yet: it gets no more weight than it has been left with.
    ///
    /// One that was taken out, say for want of a quorum, comes back when it has passed its checks; one that others removed
    /// is put back as it was.
    private func unproven(_ destination: Destination) -> Destination? {
        let applied = known.applied[destination.endpoint] ?? known.removed[destination.endpoint]
        guard let applied, applied.weight > 0 else { return applied }
        var unproven = destination
        unproven.weight = min(destination.weight, applied.weight)
        return unproven
    }

    /// Whether those may go whom no pool knows: somebody stands in for them, or nobody ever will.
    private func mayPurge(_ wish: ServiceWish) -> Bool {
        wish.isServed ? isServed(wish) : wish.isComplete
    }

    // MARK: Steps

    /// The step that gives the kernel the service; nil where it has it.
    func serviceStep(to wish: ServiceWish, _ context: StepContext) -> PlannedChange? {
        guard let change = Change(from: known.actualService, to: wish.service) else { return nil }
        let step = TableStep(known.actualService == nil ? .added : .changed, .service)
        return PlannedChange(change, to: key, of: wish.first.pool.virtual, [step], in: context.phase)
    }

    /// The step to what is wanted at an endpoint; nil where it is there, or is left as others made it.
    func step(
        at endpoint: Endpoint,
        to wanted: Destination?,
        _ wish: ServiceWish,
        _ context: StepContext
    ) -> PlannedChange? {
        let present = known.actual[endpoint]
        let isOut = wanted?.weight == 0
        if present == nil, isOut, known.applied[endpoint] != nil, !context.addsQuiescent,
            reconciler.reconciliation != .repair
        {
            // Somebody else took it out; it comes back when it is up.
            return nil
        }
        guard let change = Change(at: endpoint, of: key, from: present, to: wanted) else { return nil }
        let deed: TableStep.Deed =
            switch (present, wanted) {
            case (_, nil): progress.surplus.contains(endpoint) ? .purged(.start) : .deleted
            case (nil, _?): isOut && context.addsQuiescent ? .readded : .added
            case (_?, _?): isOut ? .quiesced : .restored
            }
        let step = TableStep(deed, wish.subject(at: endpoint), weight: wanted?.weight)
        return PlannedChange(change, to: key, of: wish.owner(of: endpoint).virtual, [step], in: context.phase)
    }

    /// How a server without weight enters a table of slots: in two steps, of which one is told.
    func entry(
        of step: PlannedChange,
        _ endpoint: Endpoint,
        _ wish: ServiceWish
    ) -> (addition: PlannedChange, lowering: PlannedChange)? {
        guard case .addDestination(let destination, _) = step.change, destination.weight == 0,
            let weight = wish.configuredWeight(at: endpoint),
            let changes = Change.entry(of: destination, into: wish.service, weight: weight)
        else { return nil }
        var (addition, lowering) = (step, step)
        addition.change = changes.addition
        addition.isTold = false
        lowering.change = changes.lowering
        return (addition, lowering)
    }

    /// The removal of the whole service at a stop, with the servers that take connections until then.
    func removal(_ wish: ServiceWish, in phase: DirectorPhase) -> PlannedChange {
        var steps: [TableStep] = []
        for real in wish.servingServers where known.actual[real.destination(in: wish.service).endpoint] != nil {
            steps.append(TableStep(.purged(.stop), .server(real)))
        }
        steps.append(TableStep(.purged(.stop), .service))
        return PlannedChange(.deleteService(key), to: key, of: wish.first.pool.virtual, steps, in: phase)
    }

    /// Whether a change failed because something it stands on is not there, which was told already.
    func isConsequence(_ change: Change) -> Bool {
        switch change {
        case .addDestination: !isInTable
        case .editDestination(let destination, _): known.actual[destination.endpoint] == nil
        case .addService, .editService, .deleteService, .deleteDestination, .zero, .flush, .setTimeouts, .startDaemon,
            .stopDaemon:
            false
        }
    }
}
