import Addresses
import IPVS

/// What a change of a service is about.
enum MirrorSubject: Hashable, Sendable {
    /// The service itself.
    case service
    /// Whatever stands at an endpoint.
    case destination(Endpoint)

    /// The subject of one of a director's changes.
    init(of change: Change) {
        switch change {
        case .addService, .editService, .deleteService: self = .service
        case .addDestination(let destination, _), .editDestination(let destination, _):
            self = .destination(destination.endpoint)
        case .deleteDestination(let endpoint, _): self = .destination(endpoint)
        case .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon:
            preconditionFailure("a mirror of a service never asks for \(change)")
        }
    }
}
