import Addresses
import Configuration
import HealthChecks
import IPVS

// What is made of a reading of the kernel's table.

extension DirectedService {
    /// Takes over what the kernel has when the service becomes the director's.
    ///
    /// Servers that are there with weight keep it until their first verdict; what does not belong there will go.
    mutating func adopt(_ entry: Table.Entry?) {
        isRead = true
        takesReading = false
        read(entry)
        appliedService = actualService
        applied = actual
        for index in servers.indices {
            let endpoint = servers[index].real.destination.endpoint
            guard let present = actual[endpoint], present.weight > 0 else { continue }
            adopt(index, weight: present.weight)
        }
        findStrangers()
        markAll()
    }

    /// Lets a server that nothing is known of stay in service with the weight that it has.
    private mutating func adopt(_ index: Int, weight: Int32) {
        guard case .unknown = servers[index].health.belief else { return }
        update(index) { server in
            server.health = ServerHealth(.adopted)
            server.adoptedWeight = weight
        }
    }

    private mutating func findStrangers() {
        for endpoint in actual.keys where serversByEndpoint[endpoint] == nil && virtual.fallback?.endpoint != endpoint {
            strangers.insert(endpoint)
        }
    }

    private mutating func read(_ entry: Table.Entry?) {
        actualService = entry?.service
        actual = [:]
        guard let entry else { return }
        actual.reserveCapacity(entry.destinations.count)
        for destination in entry.destinations { actual[destination.endpoint] = destination }
    }

    /// Compares a reading with what was known.
    ///
    /// - Returns: what others did, a line each, as far as it is to be told.
    mutating func observe(_ entry: Table.Entry?) -> [String] {
        guard isRead else {
            adopt(entry)
            return []
        }
        if takesReading {
            takesReading = false
            takeReading(entry)
            return []
        }
        isRepairing = false
        if !doubtful.isEmpty { resolveDoubts(entry) }
        if holds(entry) {
            repaired = repaired.filter { !isRight($0.key) }
            return []
        }
        let (formerService, former) = (actualService, actual)
        read(entry)
        repaired = repaired.filter { !isRight($0.key) }
        var lines: [String] = []
        if actualService != formerService { lines += compareService(former: formerService) }
        // What went away with its service is not told one by one.
        guard actualService != nil else { return lines }
        for endpoint in Set(former.keys).union(actual.keys).sorted() where former[endpoint] != actual[endpoint] {
            lines += compareDestination(endpoint)
        }
        return lines
    }

    /// Takes from a reading what became of changes whose answer was lost.
    private mutating func resolveDoubts(_ entry: Table.Entry?) {
        for subject in doubtful {
            switch subject {
            case .service:
                actualService = entry?.service
                appliedService = actualService
                if actualService == nil {
                    applied = [:]
                    strangers = []
                }
                markAll()
            case .destination(let endpoint):
                actual[endpoint] = entry?[endpoint]
                applied[endpoint] = actual[endpoint]
                mark(subject)
            }
        }
        doubtful = []
        markDependents(hasNewReason: false)
    }

    /// Whether the kernel has what the director made of it.
    private func isRight(_ subject: Subject) -> Bool {
        switch subject {
        case .service: actualService == appliedService
        case .destination(let endpoint): actual[endpoint] == applied[endpoint]
        }
    }

    /// Whether a reading is what was known.
    private func holds(_ entry: Table.Entry?) -> Bool {
        guard let entry else { return actualService == nil }
        return entry.service == actualService && entry.destinations.count == actual.count
            && entry.destinations.allSatisfy { actual[$0.endpoint] == $0 }
    }

    /// Takes a reading for what the director did, so that all of it is made as it shall be.
    private mutating func takeReading(_ entry: Table.Entry?) {
        read(entry)
        repaired = [:]
        doubtful = []
        appliedService = actualService
        applied = actual
        for index in servers.indices where servers[index].scheduled.check.asks {
            guard let weight = actual[servers[index].real.destination.endpoint]?.weight, weight > 0 else { continue }
            adopt(index, weight: weight)
        }
        findStrangers()
        markAll()
    }

    private mutating func compareService(former: VirtualService?) -> [String] {
        // Servers that changed while it was away follow.
        if former == nil { markAll() }
        guard actualService != appliedService else { return [] }
        let what = "virtual server \(key.text) \(actualService == nil ? "is missing" : "has other settings")"
        switch virtual.reconciliation {
        case .off: return []
        case .warn: return [line(what, "left as it is")]
        case .repair:
            if let actualService, repaired[.service] == .service(actualService) { return [] }
            repaired[.service] = actualService.map { .service($0) }
            isRepairing = true
            appliedService = actualService
            mark(.service)
            if actualService == nil {
                applied = [:]
                strangers = []
                markAll()
            }
            return [line(what, "being repaired")]
        }
    }

    private mutating func compareDestination(_ endpoint: Endpoint) -> [String] {
        let subject = Subject.destination(endpoint)
        let (present, wanted) = (actual[endpoint], applied[endpoint])
        guard present != wanted else { return [] }
        // What is about to be changed anyway is no news.
        let isNews = self.wanted(at: endpoint) == wanted
        let (kind, name) = name(of: endpoint)
        let difference =
            switch (present, wanted) {
            case (nil, _): "is missing"
            case (_, nil): "was added"
            case (let present?, let wanted?) where present.weight != wanted.weight:
                "has weight \(present.weight), not \(wanted.weight)"
            default: "has other settings"
            }
        let text = "\(kind.rawValue) \(name) (\(key.text)) \(difference)"
        switch virtual.reconciliation {
        case .off: return []
        case .warn: return isNews ? [line(text, "left as it is")] : []
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

    private func line(_ what: String, _ outcome: String) -> String {
        "Table changed by others: \(what); \(outcome)"
    }
}
