import Addresses
import IPVS

/// What a change is about, whatever the values; adding and editing the same thing are about the same.
enum ChangeSubject: Hashable {
    case service(ServiceKey)
    case server(Endpoint, ServiceKey)
    case deletedService(ServiceKey)
    case deletedServer(Endpoint, ServiceKey)
    case counters(ServiceKey?)
    case everything
    case timeouts
    case daemon(SyncDaemon.Role)
    case stoppedDaemon(SyncDaemon.Role)

    init(_ change: Change) {
        switch change {
        case .addService(let service), .editService(let service): self = .service(service.key)
        case .deleteService(let key): self = .deletedService(key)
        case .addDestination(let server, let key), .editDestination(let server, let key):
            self = .server(server.endpoint, key)
        case .deleteDestination(let endpoint, let key): self = .deletedServer(endpoint, key)
        case .zero(let key): self = .counters(key)
        case .flush: self = .everything
        case .setTimeouts: self = .timeouts
        case .startDaemon(let daemon): self = .daemon(daemon.role)
        case .stopDaemon(let role): self = .stoppedDaemon(role)
        }
    }
}
