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
            let endpoint = servers[index].destination.endpoint
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
        for endpoint in actual.keys where serversByEndpoint[endpoint] == nil && standby?.endpoint != endpoint {
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
    /// - Returns: what others did and what is made of it, as far as it is to be told.
    mutating func observe(_ entry: Table.Entry?, at now: MonotonicTime) -> [DirectorEvent.Matter] {
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
            return putBackHeld(at: now)
        }
        let (formerService, former) = (actualService, actual)
        read(entry)
        repaired = repaired.filter { !isRight($0.key) }
        var events: [DirectorEvent.Matter] = []
        if actualService != formerService { events += compareService(former: formerService, at: now) }
        // What went away with its service is not told one by one.
        if actualService != nil {
            for endpoint in Set(former.keys).union(actual.keys).sorted() where former[endpoint] != actual[endpoint] {
                events += compareDestination(endpoint, at: now)
            }
        }
        return events + putBackHeld(at: now)
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
        for index in servers.indices where servers[index].scheduled != nil {
            guard let weight = actual[servers[index].destination.endpoint]?.weight, weight > 0 else { continue }
            adopt(index, weight: weight)
        }
        findStrangers()
        markAll()
    }
}
