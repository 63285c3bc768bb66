import Addresses
import Configuration
import HealthChecks
import IPVS

// What is made of a table that is no longer what the director made of it.

extension DirectedService {
    /// Takes what others made of the service itself.
    ///
    /// - Parameter former: what it was known to be before.
    /// - Returns: what is to be told.
    mutating func compareService(former: VirtualService?, at now: MonotonicTime) -> [DirectorEvent.Matter] {
        // Servers that changed while it was away follow.
        if former == nil { markAll() }
        guard actualService != appliedService else { return [] }
        let drift = actualService == nil ? Drift.missing : .settings
        switch virtual.reconciliation {
        case .off: return []
        case .warn: return [.drift(.service, drift, .left)]
        case .restore:
            guard actualService == nil else { return [.drift(.service, drift, .left)] }
            return [.drift(.service, drift, putBack(.service, at: now))]
        case .repair:
            if let actualService, repaired[.service] == .service(actualService) { return [] }
            repaired[.service] = actualService.map { .service($0) }
            isRepairing = true
            appliedService = actualService
            mark(.service)
            if actualService == nil { makeAnew() }
            return [.drift(.service, drift, .repaired)]
        }
    }

    /// Takes what others made of what stands at an endpoint.
    ///
    /// - Returns: what is to be told.
    mutating func compareDestination(_ endpoint: Endpoint, at now: MonotonicTime) -> [DirectorEvent.Matter] {
        let subject = Subject.destination(endpoint)
        let (present, wanted) = (actual[endpoint], applied[endpoint])
        guard present != wanted else { return [] }
        // What is about to be changed anyway is no news.
        let isNews = self.wanted(at: endpoint) == wanted
        let drift = Drift(present, from: wanted)
        switch virtual.reconciliation {
        case .off: return []
        case .warn: return isNews ? [.drift(tableSubject(at: endpoint), drift, .left)] : []
        case .restore:
            guard isMissed(endpoint) else { return isNews ? [.drift(tableSubject(at: endpoint), drift, .left)] : [] }
            let response = putBack(subject, at: now)
            return isNews ? [.drift(tableSubject(at: endpoint), drift, response)] : []
        case .repair:
            if let present, repaired[subject] == .destination(present) { return [] }
            repaired[subject] = present.map { .destination($0) }
            isRepairing = true
            applied[endpoint] = present
            if serversByEndpoint[endpoint] == nil, standby?.endpoint != endpoint, present != nil {
                strangers.insert(endpoint)
            }
            mark(subject)
            return isNews ? [.drift(tableSubject(at: endpoint), drift, .repaired)] : []
        }
    }

    /// What others removed although it shall serve, and what the director has not put back.
    ///
    /// Nothing where it is to say nothing of what others do.
    var missing: [TableSubject] {
        guard isRead, virtual.reconciliation != .off else { return [] }
        if actualService == nil { return appliedService == nil ? [] : [.service] }
        return applied.keys.filter(isMissed).sorted().map(tableSubject)
    }

    // MARK: What was removed

    /// Lets what was removed be made again, at once as a rule, and later what is removed again and again.
    ///
    /// - Returns: which of both.
    private mutating func putBack(_ subject: Subject, at now: MonotonicTime) -> DriftResponse {
        var restoration = restorations[subject] ?? Restoration()
        defer { restorations[subject] = restoration }
        if let pause = restoration.pause(at: now) { return .putBackLater(pause) }
        makeAnew(subject)
        return .putBack
    }

    /// Lets what waited for it be made again.
    ///
    /// - Returns: what is to be told.
    mutating func putBackHeld(at now: MonotonicTime) -> [DirectorEvent.Matter] {
        guard !restorations.isEmpty else { return [] }
        var subjects: [TableSubject] = []
        for (subject, restoration) in restorations {
            guard let moment = restoration.heldUntil, moment <= now else { continue }
            restorations[subject]?.resume(at: now)
            switch subject {
            case .service:
                guard actualService == nil, appliedService != nil else { continue }
                subjects.append(.service)
            case .destination(let endpoint):
                guard actualService != nil, isMissed(endpoint) else { continue }
                subjects.append(tableSubject(at: endpoint))
            }
            makeAnew(subject)
        }
        return subjects.sorted { orderOfTelling($0) < orderOfTelling($1) }.map { .puttingBack($0) }
    }

    /// Sorts what is told of the service at a time: the standby first, then servers by the text of their endpoint.
    private func orderOfTelling(_ subject: TableSubject) -> String {
        switch subject {
        case .standby: ""
        case .server(let real): "\(real.destination(in: virtual.service).endpoint)"
        case .surplus(let endpoint): "\(endpoint)"
        case .service: "~"
        }
    }

    /// Whether something that shall serve was made here and is gone.
    private func isMissed(_ endpoint: Endpoint) -> Bool {
        guard applied[endpoint] != nil, actual[endpoint] == nil, let wanted = wanted(at: endpoint) else { return false }
        if wanted.weight > 0 { return true }
        return (serversByEndpoint[endpoint] ?? []).contains {
            servers[$0].health.isInService && !servers[$0].isInMaintenance
        }
    }

    private mutating func makeAnew(_ subject: Subject) {
        switch subject {
        case .service: makeAnew()
        case .destination(let endpoint):
            applied[endpoint] = nil
            mark(subject)
        }
    }

    /// Makes the whole service, which is not there, as it shall be.
    private mutating func makeAnew() {
        appliedService = nil
        applied = [:]
        strangers = []
        markAll()
    }
}

extension Drift {
    /// The difference of what stands at an endpoint from what was put there.
    fileprivate init(_ present: Destination?, from wanted: Destination?) {
        switch (present, wanted) {
        case (nil, _): self = .missing
        case (_, nil): self = .added
        case (let present?, let wanted?) where present.weight != wanted.weight:
            self = .weight(present.weight, instead: wanted.weight)
        default: self = .settings
        }
    }
}
