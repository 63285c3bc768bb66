import Addresses
import Configuration

/// What the checks of all servers of a service must have in common: its own lines say it once.
struct CheckShape {
    /// The first check of the first server that has one.
    let check: ServerCheck?
    /// The host that every server is asked for; nil where each is asked for itself.
    let host: String?

    init(of servers: [RealServer]) {
        let first = servers.first { !$0.checks.isEmpty }
        check = first?.checks.first
        host = first.flatMap { server in server.checks.first.flatMap { Self.host(of: $0, server) } }
    }

    /// Whether no server is checked.
    var isEmpty: Bool { check == nil }

    /// Whether a check is of this kind, with another request and pattern at most.
    func holds(for other: ServerCheck, _ server: RealServer) -> Bool {
        guard let check else { return false }
        return check.pace.interval == other.pace.interval && check.failureCount == other.failureCount
            && check.riseCount == other.riseCount && check.probe.timeout == other.probe.timeout
            && Self.kind(of: check) == Self.kind(of: other) && Self.host(of: other, server) == host
    }

    /// The host that a check asks for; nil where that is the server itself, or none.
    private static func host(of check: ServerCheck, _ server: RealServer) -> String? {
        guard let request = check.request else { return nil }
        let own = ["\(check.probe.target)", "\(server.address)", "[\(server.address)]"]
        return own.contains(request.host) ? nil : request.host
    }

    /// A method without what each server may have for itself.
    private static func kind(of check: ServerCheck) -> HealthCheck.Method {
        switch check.probe.method {
        case .negotiate(var negotiation):
            if case .http(var request) = negotiation.dialogue {
                (request.target, request.host, request.pattern) = ("", "", nil)
                negotiation.dialogue = .http(request)
            } else if case .dnsStatus(_, let type) = negotiation.dialogue {
                negotiation.dialogue = .dnsStatus(name: "", type)
            }
            return .negotiate(negotiation)
        case .external(var external):
            external.arguments = []
            return .external(external)
        default: return check.probe.method
        }
    }
}

extension ServerCheck {
    /// What is asked of a web server; nil for other checks.
    var request: HTTPRequest? {
        guard case .negotiate(let negotiation) = probe.method, case .http(let request) = negotiation.dialogue else {
            return nil
        }
        return request
    }
}
