import IPVS

// The table and its changes in the words of the recordings.

extension ServiceKey {
    /// As scenarios have it.
    var scenarioName: String {
        switch self {
        case .endpoint(let transport, let endpoint): "\(transport == .udp ? "udp" : "tcp") \(endpoint)"
        case .mark(let mark, _): "fwm \(mark)"
        }
    }
}

extension Destination {
    /// As scenarios have it in a table.
    var scenarioLine: String {
        let method =
            switch forwarding {
            case .masquerade: "masq"
            case .tunnel: "tunnel"
            default: "route"
            }
        return "  \(endpoint) \(method) \(weight)"
    }
}

extension Change {
    /// As scenarios have it among commands.
    var scenarioCommand: String {
        switch self {
        case .addService(let service): "ADD_SERVICE \(service.key.scenarioName) \(service.scheduler)"
        case .editService(let service): "EDIT_SERVICE \(service.key.scenarioName) \(service.scheduler)"
        case .deleteService(let key): "DEL_SERVICE \(key.scenarioName)"
        case .addDestination(let server, let key):
            "ADD_DEST \(key.scenarioName) -> \(server.endpoint) w=\(server.weight)"
        case .editDestination(let server, let key):
            "EDIT_DEST \(key.scenarioName) -> \(server.endpoint) w=\(server.weight)"
        case .deleteDestination(let endpoint, let key): "DEL_DEST \(key.scenarioName) -> \(endpoint)"
        case .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon: "\(self)"
        }
    }
}
