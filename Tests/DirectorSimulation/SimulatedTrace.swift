import Addresses
import Configuration
import Dialogues
import Director
import IPVS

// Lines of the trace of a failing history.

extension DirectorEvent.Matter {
    var summary: String {
        switch self {
        case .server(let real, let event): "\(real.text) \(event.summary)"
        case .table(let step, let outcome): "\(step.deed) \(step.subject.summary) \(outcome)"
        case .drift(let subject, let drift, let response): "\(subject.summary) \(drift) \(response)"
        case .puttingBack(let subject): "putting back \(subject.summary)"
        case .quorum(let event): "quorum \(event)"
        case .resting(let isResting): "checks \(isResting ? "rest" : "go on")"
        case .standby(let need): "standby \(need)"
        }
    }
}

extension VirtualServer {
    var summary: String {
        let keys = services.map { "\($0.key.identity) \($0.scheduler)" }.joined(separator: ", ")
        var text = "\(name ?? "") [\(keys)] \(reconciliation), quorum \(quorum.weight)+-\(quorum.hysteresis)"
        text += neededAddresses.isEmpty ? "" : ", needs \(neededAddresses.map { "\($0)" }.sorted())"
        text += tellsTurns ? ", tells turns" : ""
        if let standby {
            let server = standby.server
            text += ", standby \(server.writtenEndpoint)=\(server.weight)\(standby.staysWithoutWeight ? " stays" : "")"
        }
        for real in realServers {
            text += "; \(real.writtenEndpoint)=\(real.weight)"
            text += real.forwarding == .directRoute ? " direct" : ""
            text += real.whenDown == .quiesced ? " quiesced" : ""
            for check in real.checks {
                if case .file(let file) = check.probe.method { text += " \(file.path)" }
                text += " \(check.probe.target.port)/\(check.failureCount)/\(check.riseCount)"
                text += check.weightRule == .none ? "" : "/\(check.weightRule)"
            }
        }
        return text
    }
}

extension ServerEvent {
    var summary: String {
        switch self {
        case .checked(let result), .checkedInMaintenance(let result): "checked: \(result.layer)"
        case .unasked(let result): "unasked: \(result.layer)"
        case .softFailure(let result, let count, let limit): "fails \(count) of \(limit): \(result.layer)"
        case .recovered(let result): "recovered: \(result.layer)"
        case .down(let result): "down: \(result.layer)"
        case .stillDown(let result): "still down: \(result.layer)"
        case .up(let result, _): "up: \(result.layer)"
        case .check, .weighted, .turned, .maintenanceBegun, .maintenanceEnded, .absent: "\(self)"
        }
    }
}

extension Change {
    var summary: String {
        switch self {
        case .addService(let service): "add \(service.key.identity) \(service.scheduler)"
        case .editService(let service): "edit \(service.key.identity) \(service.scheduler)"
        case .deleteService(let key): "delete \(key.identity)"
        case .addDestination(let destination, let key):
            "add \(destination.endpoint)=\(destination.weight) to \(key.identity)"
        case .editDestination(let destination, let key):
            "edit \(destination.endpoint)=\(destination.weight) of \(key.identity)"
        case .deleteDestination(let endpoint, let key): "delete \(endpoint) of \(key.identity)"
        case .zero, .flush, .setTimeouts, .startDaemon, .stopDaemon: "\(self)"
        }
    }
}

extension TableSubject {
    var summary: String {
        switch self {
        case .service: "service"
        case .server(let real): "\(real.text)"
        case .standby(let endpoint): "standby \(endpoint)"
        case .surplus(let endpoint): "surplus \(endpoint)"
        }
    }
}
