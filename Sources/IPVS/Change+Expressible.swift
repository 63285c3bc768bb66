import Addresses

extension Change {
    /// Whether a request can say it: mark 0 would stand for an address, and a mask is of its service's family.
    package var isExpressible: Bool {
        switch self {
        case .addService(let service), .editService(let service):
            service.key.isExpressible && service.persistence?.netmask.family ?? service.key.family == service.key.family
        case .deleteService(let key), .addDestination(_, let key), .editDestination(_, let key),
            .deleteDestination(_, let key):
            key.isExpressible
        case .zero(let key): key?.isExpressible ?? true
        case .flush, .setTimeouts, .startDaemon, .stopDaemon: true
        }
    }
}

extension ServiceKey {
    fileprivate var isExpressible: Bool {
        if case .mark(0, _) = self { false } else { true }
    }
}
