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
    mutating func compareService(former: VirtualService?, at now: MonotonicTime) -> [String] {
        // Servers that changed while it was away follow.
        if former == nil { markAll() }
        guard actualService != appliedService else { return [] }
        let what = "virtual server \(key.text) \(actualService == nil ? "is missing" : "has other settings")"
        switch virtual.reconciliation {
        case .off: return []
        case .warn: return [line(what, "left as it is")]
        case .restore:
            guard actualService == nil else { return [line(what, "left as it is")] }
            return [line(what, putBack(.service, at: now))]
        case .repair:
            if let actualService, repaired[.service] == .service(actualService) { return [] }
            repaired[.service] = actualService.map { .service($0) }
            isRepairing = true
            appliedService = actualService
            mark(.service)
            if actualService == nil { makeAnew() }
            return [line(what, "being repaired")]
        }
    }

    /// Takes what others made of what stands at an endpoint.
    ///
    /// - Returns: what is to be told.
    mutating func compareDestination(_ endpoint: Endpoint, at now: MonotonicTime) -> [String] {
        let subject = Subject.destination(endpoint)
        let (present, wanted) = (actual[endpoint], applied[endpoint])
        guard present != wanted else { return [] }
        // What is about to be changed anyway is no news.
        let isNews = self.wanted(at: endpoint) == wanted
        let text = "\(description(of: endpoint)) \(difference(present, wanted))"
        switch virtual.reconciliation {
        case .off: return []
        case .warn: return isNews ? [line(text, "left as it is")] : []
        case .restore:
            guard isMissed(endpoint) else { return isNews ? [line(text, "left as it is")] : [] }
            let outcome = putBack(subject, at: now)
            return isNews ? [line(text, outcome)] : []
        case .repair:
            if let present, repaired[subject] == .destination(present) { return [] }
            repaired[subject] = present.map { .destination($0) }
            isRepairing = true
            applied[endpoint] = present
            if serversByEndpoint[endpoint] == nil, virtual.fallback?.endpoint != endpoint, present != nil {
                strangers.insert(endpoint)
            }
            mark(subject)
            return isNews ? [line(text, "being repaired")] : []
        }
    }

    /// What others removed although it shall serve, and what the director has not put back, in words for people.
    ///
    /// Nothing where it is to say nothing of what others do.
    var missing: [String] {
        guard isRead, virtual.reconciliation != .off else { return [] }
        if actualService == nil { return appliedService == nil ? [] : ["virtual server \(key.text)"] }
        return applied.keys.filter(isMissed).sorted().map(description)
    }

    // MARK: What was removed

    /// Lets what was removed be made again, at once as a rule, and later what is removed again and again.
    ///
    /// - Returns: which of both, for the log.
    private mutating func putBack(_ subject: Subject, at now: MonotonicTime) -> String {
        var restoration = restorations[subject] ?? Restoration()
        defer { restorations[subject] = restoration }
        if let pause = restoration.pause(at: now) {
            return "removed again and again, put back in \(pause.components.seconds) s"
        }
        makeAnew(subject)
        return "being put back"
    }

    /// Lets what waited for it be made again.
    ///
    /// - Returns: what is to be told.
    mutating func putBackHeld(at now: MonotonicTime) -> [String] {
        guard !restorations.isEmpty else { return [] }
        var lines: [String] = []
        for (subject, restoration) in restorations {
            guard let moment = restoration.heldUntil, moment <= now else { continue }
            restorations[subject]?.resume(at: now)
            switch subject {
            case .service:
                guard actualService == nil, appliedService != nil else { continue }
                lines.append("Putting back what others removed: virtual server \(key.text)")
            case .destination(let endpoint):
                guard actualService != nil, isMissed(endpoint) else { continue }
                lines.append("Putting back what others removed: \(description(of: endpoint))")
            }
            makeAnew(subject)
        }
        return lines.sorted()
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

    // MARK: Words

    private func difference(_ present: Destination?, _ wanted: Destination?) -> String {
        switch (present, wanted) {
        case (nil, _): "is missing"
        case (_, nil): "was added"
        case (let present?, let wanted?) where present.weight != wanted.weight:
            "has weight \(present.weight), not \(wanted.weight)"
        default: "has other settings"
        }
    }

    private func description(of endpoint: Endpoint) -> String {
        let (kind, name) = name(of: endpoint)
        return "\(kind.rawValue) \(name) (\(key.text))"
    }

    private func line(_ what: String, _ outcome: String) -> String {
        "Table changed by others: \(what); \(outcome)"
    }
}
