import Addresses
import IPVS

/// What the kernel has of a service, as far as is known, and what the director made of it.
///
/// The two differ where somebody else changed the table.
struct KnownEntry: Sendable {
    /// The service in the kernel: the last reading and the director's changes since then; nil where it is not there.
    private(set) var actualService: VirtualService?
    /// What the director last made of the service; nil where it has not made it or shall make it anew.
    private(set) var appliedService: VirtualService?
    /// The servers in the kernel.
    private(set) var actual: [Endpoint: Destination] = [:]
    /// What the director last made of each server.
    private(set) var applied: [Endpoint: Destination] = [:]
    /// What the director made of servers that others removed, until it is there again.
    private(set) var removed: [Endpoint: Destination] = [:]

    /// Whether the kernel has what the director made of it.
    func isRight(_ subject: MirrorSubject) -> Bool {
        switch subject {
        case .service: actualService == appliedService
        case .destination(let endpoint): actual[endpoint] == applied[endpoint]
        }
    }

    /// Whether a reading shows what was known.
    func holds(_ entry: Table.Entry?) -> Bool {
        guard let entry else { return actualService == nil }
        return entry.service == actualService && entry.destinations.count == actual.count
            && entry.destinations.allSatisfy { actual[$0.endpoint] == $0 }
    }

    /// Takes a reading of the kernel.
    mutating func read(_ entry: Table.Entry?) {
        actualService = entry?.service
        actual = [:]
        guard let entry else { return }
        actual.reserveCapacity(entry.destinations.count)
        for destination in entry.destinations { actual[destination.endpoint] = destination }
    }

    /// Takes everything that the kernel has for the director's own work.
    mutating func acceptAll() {
        appliedService = actualService
        applied = actual
        removed = [:]
    }

    /// Takes what the kernel has of a subject for the director's own work.
    mutating func accept(_ subject: MirrorSubject) {
        switch subject {
        case .service: appliedService = actualService
        case .destination(let endpoint): applied[endpoint] = actual[endpoint]
        }
    }

    /// Takes what a reading shows of a subject alone, for the kernel's state and for the director's work.
    mutating func accept(_ subject: MirrorSubject, from entry: Table.Entry?) {
        switch subject {
        case .service: actualService = entry?.service
        case .destination(let endpoint): actual[endpoint] = entry?[endpoint]
        }
        accept(subject)
    }

    /// Takes a subject for done though the kernel has something else: the director asks for nothing more.
    mutating func assume(_ destination: Destination) {
        applied[destination.endpoint] = destination
        removed[destination.endpoint] = nil
    }

    /// Takes a service for done that the kernel has as it shall be.
    mutating func assume(_ service: VirtualService) { appliedService = service }

    /// Forgets what the director made at an endpoint.
    mutating func forget(_ endpoint: Endpoint) { applied[endpoint] = nil }

    /// Forgets what the director made at an endpoint, from where others have removed it.
    mutating func noteRemoved(_ endpoint: Endpoint) {
        if let destination = applied.removeValue(forKey: endpoint) { removed[endpoint] = destination }
    }

    /// Forgets all that the director made of the service and its servers, which others have removed.
    mutating func noteRemoved() {
        appliedService = nil
        removed.merge(applied) { $1 }
        applied = [:]
        actual = [:]
    }

    /// Takes over what one of the director's changes did.
    mutating func took(_ change: Change) {
        switch change {
        case .addService(let service), .editService(let service):
            actualService = service
            appliedService = service
        case .addDestination(let destination, _), .editDestination(let destination, _):
            actual[destination.endpoint] = destination
            applied[destination.endpoint] = destination
            removed[destination.endpoint] = nil
        case .deleteDestination(let endpoint, _):
            actual[endpoint] = nil
            applied[endpoint] = nil
        case .deleteService: self = KnownEntry()
        case .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon:
            preconditionFailure("a mirror of a service never asks for \(change)")
        }
    }
}
