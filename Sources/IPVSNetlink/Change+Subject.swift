import Addresses
import IPVS

extension Change {
    /// The thing in the table that a change is about.
    enum Subject: Hashable {
        case service(ServiceKey)
        case destination(ServiceKey, Endpoint)

        /// The service that it is, or belongs to.
        var service: ServiceKey {
            switch self {
            case .service(let key), .destination(let key, _): key
            }
        }
    }

    /// What the change is about, nil when that is not one service or server.
    var subject: Subject? {
        switch self {
        case .addService(let service), .editService(let service): .service(service.key)
        case .deleteService(let key): .service(key)
        case .addDestination(let destination, let key), .editDestination(let destination, let key):
            .destination(key, destination.endpoint)
        case .deleteDestination(let endpoint, let key): .destination(key, endpoint)
        case .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon: nil
        }
    }

    /// Whether reading the table tells if the change took effect.
    var isAboutTable: Bool { subject != nil }
}

extension Table {
    /// Whether the table is as the change leaves it, as far as the change's subject goes.
    func shows(_ change: Change) -> Bool {
        switch change {
        case .addService(let service), .editService(let service): self[service.key]?.service == service
        case .deleteService(let key): self[key] == nil
        case .addDestination(let destination, let key), .editDestination(let destination, let key):
            self[key]?[destination.endpoint] == destination
        case .deleteDestination(let endpoint, let key): self[key].map { $0[endpoint] == nil } ?? true
        case .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon: true
        }
    }
}
