import Addresses
import Configuration
import HealthChecks
import IPVS

// How what has to be done becomes changes, and what is told of them when they are done.

extension Director {
    private var circumstances: DirectedService.Circumstances {
        .init(phase: phase, addsQuiescent: configuration.settings.addsQuiescent)
    }

    /// Goes on as far as the kernel is free: reads the table, carries changes out, tells that all is done.
    mutating func proceed(_ actions: inout [DirectorAction]) {
        for index in touched {
            if let need = services[index].standbyNeedDue() {
                tell([.standby(need)], of: services[index].virtual, &actions)
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
        services.allSatisfy(\.isRead) && departing.allSatisfy { $0.retryAt != nil }
    }

    private mutating func ask(_ planned: [PlannedChange], _ actions: inout [DirectorAction]) {
        outstanding = .changes(planned)
        actions.append(.apply(Changeset(planned.map(\.change))))
    }

    /// The changes of the services that something happened to; the largest number of them at once is bounded.
    private mutating func plan() -> [PlannedChange] {
        guard !touched.isEmpty || !departing.isEmpty else { return [] }
        var planned: [PlannedChange] = []
        var rest: [Int] = []
        for index in touched {
            guard planned.count < Self.changesAtOnce else {
                rest.append(index)
                continue
            }
            isTouched[index] = false
            planned += services[index].plan(circumstances)
        }
        touched = rest
        guard rest.isEmpty else { return planned }
        for service in departing where service.retryAt == nil {
            planned.append(service.removal(at: .start, in: phase))
        }
        return planned
    }

    /// Asks for the last changes, and stops when there are none.
    mutating func finish(_ actions: inout [DirectorAction]) {
        var planned = departing.map { $0.removal(at: .start, in: phase) }
        for index in services.indices {
            guard services[index].isRead else { continue }
            if !services[index].virtual.isRemovedAtStop {
                planned += services[index].plan(circumstances)
            } else if services[index].actualService != nil {
                planned.append(services[index].removal(at: .stop, in: phase))
            }
        }
        guard !planned.isEmpty else {
            life = .stopped
            actions.append(.stopped)
            return
        }
        life = .stopping
        ask(planned, &actions)
    }

    /// Chooses when what failed is tried again.
    mutating func postpone(_ planned: [PlannedChange], _ errors: [Int: IPVSError]) {
        var outcomes: [ServiceKey: Bool] = [:]
        for (index, change) in planned.enumerated() {
            outcomes[change.service] = (outcomes[change.service] ?? true) && errors[index] == nil
        }
        for (key, isGood) in outcomes {
            if let index = indexByKey[key] {
                if isGood {
                    if services[index].failed.isEmpty { services[index].delay = nil }
                } else {
                    services[index].postpone(at: now)
                    note(retry: services[index].retryAt)
                }
            }
            if !isGood, let index = departing.firstIndex(where: { $0.key == key }) {
                departing[index].postpone(at: now)
                note(retry: departing[index].retryAt)
            }
        }
    }

    private mutating func note(retry moment: MonotonicTime?) {
        guard let moment else { return }
        nextRetry = min(nextRetry ?? moment, moment)
    }

    /// Lets what failed be tried again where its time has come.
    mutating func retry() {
        for index in services.indices where services[index].retry(at: now) { touch(index) }
        for index in departing.indices {
            if let moment = departing[index].retryAt, moment <= now { departing[index].retryAt = nil }
        }
        nextRetry = nil
        for service in services { note(retry: service.retryAt) }
        for service in departing { note(retry: service.retryAt) }
    }

    /// Tells that a change is in effect.
    mutating func succeeded(_ planned: PlannedChange) -> [DirectorAction] {
        var actions: [DirectorAction] = []
        if planned.isTold { actions += planned.steps.map { .tell(planned.event($0, .done)) } }
        if case .deleteService = planned.change { departing.removeAll { $0.key == planned.service } }
        guard let index = indexByKey[planned.service] else { return actions }
        services[index].took(planned.change)
        if let due = services[index].noteMail(about: planned.change, at: now) { nextMail = min(nextMail ?? due, due) }
        touch(index)
        return actions
    }

    /// Tells that a change failed, and lets it be tried again.
    mutating func failed(_ planned: PlannedChange, _ error: IPVSError) -> [DirectorAction] {
        var delay: Duration?
        if let index = indexByKey[planned.service] {
            services[index].missed(planned.change, error)
            delay = services[index].delay
            if services[index].actualService == nil, case .addDestination = planned.change {
                // The service itself could not be added, which is told already.
                return []
            }
            if case .editDestination(let destination, _) = planned.change,
                services[index].actual[destination.endpoint] == nil
            {
                // Nor is a server that could not be added told a second time.
                return []
            }
        } else if let index = departing.firstIndex(where: { $0.key == planned.service }) {
            delay = departing[index].delay
            if case .refused(.noSuchService) = error {
                // Somebody else removed it.
                departing.remove(at: index)
                return []
            }
        }
        if life == .ending || life == .stopping {
            if case .refused(.noSuchService) = error { return [] }
            delay = nil
        }
        guard let step = planned.steps.last else { return [] }
        return [.tell(planned.event(step, .failed(error, retry: delay)))]
    }
}
