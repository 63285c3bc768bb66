import Addresses
import Configuration
import HealthChecks
import IPVS
import Time

// How what has to be done becomes changes, and what is told of them when they are done.

extension Director {
    /// What the steps of mirrors depend on at the moment.
    var context: StepContext {
        StepContext(phase: phase, addsQuiescent: configuration.settings.addsQuiescent)
    }

    /// Goes on as far as the kernel is free: reads the table, carries changes out, tells that all is done.
    mutating func proceed(_ actions: inout [DirectorAction]) {
        for mirror in touched {
            for contribution in links.contributions[mirror] {
                tellQuorum(of: contribution.pool, .running, &actions)
                tellStandbyNeed(of: contribution.pool, &actions)
            }
        }
        guard case .nothing = outstanding else { return }
        if wantsReading {
            wantsReading = false
            outstanding = .reading(since: now)
            actions.append(.readTable)
            return
        }
        let planned = plan()
        if !planned.isEmpty {
            ask(planned, &actions)
        } else if !isReady, awaited.isEmpty, isSettled {
            isReady = true
            phase = .running
            actions.append(.ready)
        }
    }

    /// Whether everything that is to be done was tried.
    private var isSettled: Bool {
        mirrors.allSatisfy(\.isRead) && departing.allSatisfy { $0.backoff.moment != nil }
    }

    mutating func ask(_ planned: PlannedChanges, _ actions: inout [DirectorAction]) {
        outstanding = .changes(planned)
        actions.append(.apply(planned.changeset))
    }

    private mutating func plan() -> PlannedChanges {
        let shared: (before: [Change], after: [Change]) = settings.isDirty ? settings.steps() : ([], [])
        return PlannedChanges(before: shared.before, services: planServices(), after: shared.after)
    }

    /// The changes of the services that something happened to; the largest number of them at once is bounded.
    private mutating func planServices() -> [PlannedChange] {
        guard !touched.isEmpty || !departing.isEmpty else { return [] }
        var planned: [PlannedChange] = []
        var rest: [Int] = []
        for mirror in touched {
            guard planned.count < Self.changesAtOnce else {
                rest.append(mirror)
                continue
            }
            isTouched[mirror] = false
            planned += mirrors[mirror].steps(to: wish(of: mirror), context)
        }
        touched = rest
        guard rest.isEmpty else { return planned }
        for service in departing where service.backoff.moment == nil { planned.append(service.removal(in: phase)) }
        return planned
    }

    // MARK: What failed

    /// Chooses when what failed is tried again.
    ///
    /// - Returns: the pauses until then.
    mutating func postpone(_ planned: [PlannedChange], _ errors: [Int: IPVSError]) -> [ServiceKey: Duration] {
        var outcomes: [ServiceKey: Bool] = [:]
        for (index, change) in planned.enumerated() {
            outcomes[change.key] = (outcomes[change.key] ?? true) && errors[index] == nil
        }
        var pauses: [ServiceKey: Duration] = [:]
        for (key, isGood) in outcomes {
            guard let mirror = links.place(of: key) else { continue }
            mirrors[mirror].ended(isGood: isGood, at: now)
            guard !isGood else { continue }
            pauses[key] = mirrors[mirror].retryPause
            note(retry: mirrors[mirror].retryMoment)
        }
        for index in departing.indices where outcomes[departing[index].key] == false {
            departing[index].backoff.postpone(at: now)
            pauses[departing[index].key] = departing[index].backoff.pause
            note(retry: departing[index].backoff.moment)
        }
        return pauses
    }

    /// Forgets services of earlier configurations that are removed now, be it by somebody else.
    mutating func forgetDeparted(_ planned: [PlannedChange], _ errors: [Int: IPVSError]) {
        guard !departing.isEmpty else { return }
        var gone: Set<ServiceKey> = []
        for (index, change) in planned.enumerated() {
            guard case .deleteService(let key) = change.change else { continue }
            switch errors[index] {
            case nil, .refused(.noSuchService): gone.insert(key)
            default: break
            }
        }
        if !gone.isEmpty { departing.removeAll { gone.contains($0.key) } }
    }

    mutating func note(retry moment: MonotonicTime?) {
        guard let moment else { return }
        nextRetry = min(nextRetry ?? moment, moment)
    }

    // MARK: What is told

    /// Tells what became of changes of what services share.
    mutating func settle(_ outcomes: [(change: Change, error: IPVSError?)], _ actions: inout [DirectorAction]) {
        guard !outcomes.isEmpty else { return }
        settings.ended(isGood: outcomes.allSatisfy { $0.error == nil }, at: now)
        note(retry: settings.retryMoment)
        let pause = life == .running ? settings.retryPause : nil
        for (change, error) in outcomes {
            if let error {
                if !error.isCertain { settings.mayHaveTaken(change) }
            } else {
                settings.took(change)
            }
            actions.append(.tellSetting(.changed(change, error.map { .failed($0, retry: pause) } ?? .done)))
        }
    }

    /// Tells that a change is in effect.
    mutating func succeeded(_ planned: PlannedChange) -> [DirectorAction] {
        var actions: [DirectorAction] = []
        if planned.isTold { actions += planned.steps.map { .tell(planned.event($0, .done)) } }
        guard let mirror = links.place(of: planned.key) else { return actions }
        mirrors[mirror].took(planned.change, wish(of: mirror))
        noteReminders(of: planned.change, in: mirror)
        touch(mirror)
        return actions
    }

    /// Keeps, for what is to be told again, that something stands otherwise in the kernel.
    private mutating func noteReminders(of change: Change, in mirror: Int) {
        let (endpoint, isOut): (Endpoint, Bool)
        switch change {
        case .addDestination(let destination, _), .editDestination(let destination, _):
            (endpoint, isOut) = (destination.endpoint, destination.weight == 0)
        case .deleteDestination(let gone, _): (endpoint, isOut) = (gone, true)
        case .addService, .editService, .deleteService, .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon: return
        }
        for contribution in links.contributions[mirror] {
            let due = pools[contribution.pool]
                .noteChange(at: endpoint, in: contribution.service, isOut: isOut, at: now)
            if let due { nextReminder = min(nextReminder ?? due, due) }
        }
    }

    /// Tells that a change failed, and lets it be tried again.
    ///
    /// - Parameter pause: the time until then.
    mutating func failed(_ planned: PlannedChange, _ error: IPVSError, retry pause: Duration?) -> [DirectorAction] {
        let (place, isEnding) = (links.place(of: planned.key), life == .ending || life == .stopping)
        if let place {
            mirrors[place].missed(planned.change, error)
            if mirrors[place].isConsequence(planned.change) { return [] }
        }
        // Somebody else removed what shall not be there.
        if place == nil || isEnding, case .refused(.noSuchService) = error { return [] }
        guard let step = planned.steps.last else { return [] }
        return [.tell(planned.event(step, .failed(error, retry: isEnding ? nil : pause)))]
    }
}
