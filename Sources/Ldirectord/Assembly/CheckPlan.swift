import Addresses
import Configuration
import IPVS

/// How the servers of one virtual server are checked.
struct CheckPlan {
    let section: VirtualSection
    /// The shared directives after inheritance.
    let shared: SharedDirectives
    let key: ServiceKey
    /// The name of this host for default logins.
    let hostName: String
    /// The protocol to ask in, given or by the port of the service.
    let service: CheckedService

    init(section: VirtualSection, shared: SharedDirectives, key: ServiceKey, hostName: String) {
        self.section = section
        self.shared = shared
        self.key = key
        self.hostName = hostName
        service = section.service?.value ?? (key.transport == nil ? .none : CheckedService(port: key.port))
    }

    /// The host that a check asks, which is another one where the real server's own URL names it.
    enum Target {
        /// The server itself.
        case server
        /// The host of a URL that stands in the place of the server's.
        case other(AbsoluteURL, IPAddress)
        /// The same, of which no address is known yet.
        case sought(AbsoluteURL)
    }

    /// Where the check of an entry goes.
    func target(of entry: RealEntry, named address: (HostReference) -> IPAddress?) -> Target {
        guard service == .http || service == .https, isNegotiating, let url = entry.url,
            url.isSecure == (service == .https)
        else { return .server }
        return address(url.host).map { .other(url, $0) } ?? .sought(url)
    }

    private var isNegotiating: Bool {
        switch section.checkType.value {
        case .negotiate, .combined: true
        case .connect, .ping, .on, .off, .external, .externalPerl: false
        }
    }

    /// The port that is asked: the one given, the server's own, or that of the protocol.
    func checkPort(of entry: RealEntry, _ port: UInt16) -> UInt16 {
        entry.checkPort ?? section.checkPort ?? (port > 0 ? port : service.defaultPort ?? 0)
    }

    /// The check of a server of an entry, by its address and the port that the file gives it; nil where nothing is asked
    /// and the server is always up.
    func check(of entry: RealEntry, _ address: IPAddress, _ port: UInt16, _ target: Target) -> HealthCheck? {
        var endpoint = Endpoint(address: address, port: checkPort(of: entry, port))
        let checkTimeout = shared.checkTimeoutInEffect
        switch section.checkType.value {
        case .on: return nil
        case .off: return HealthCheck(method: .alwaysDown, target: endpoint, timeout: checkTimeout)
        case .connect:
            guard key.transport == .udp else {
                return HealthCheck(method: .connect, target: endpoint, timeout: checkTimeout)
            }
            return ping(address)
        case .ping: return ping(address)
        case .external, .externalPerl:
            let method = HealthCheck.Method.external(externalCheck(address, port))
            return HealthCheck(method: method, target: endpoint, timeout: checkTimeout)
        case .negotiate, .combined: break
        }
        if service == .oracle {
            let method = HealthCheck.Method.external(oracleCheck(entry, address, endpoint.port))
            return HealthCheck(method: method, target: endpoint, timeout: shared.negotiateTimeoutInEffect)
        }
        switch target {
        case .server: break
        case .other(let url, let other): endpoint = Endpoint(address: other, port: url.portInEffect)
        case .sought(let url): endpoint = Endpoint(address: address, port: url.portInEffect)
        }
        let connections: Int
        if case .combined(let number) = section.checkType.value { connections = number } else { connections = 0 }
        let dialogues = DialoguePlan(plan: self, entry: entry, server: address, endpoint: endpoint, target: target)
        guard let negotiation = dialogues.negotiation else {
            guard service == .none else {
                return HealthCheck(method: .alwaysDown, target: endpoint, timeout: checkTimeout)
            }
            let connects = connections > 0 && key.transport != .udp
            return connects ? HealthCheck(method: .connect, target: endpoint, timeout: checkTimeout) : nil
        }
        // LDAP and RADIUS ask under the limit of a connection.
        let isShort = [.ldap, .ldaps, .radius].contains(service)
        let timeout = isShort ? checkTimeout : shared.negotiateTimeoutInEffect
        guard connections > 0, key.transport != .udp else {
            return HealthCheck(method: .negotiate(negotiation), target: endpoint, timeout: timeout)
        }
        return HealthCheck(
            method: .combined(connections: connections, connectionTimeout: checkTimeout, negotiation),
            target: endpoint,
            timeout: timeout
        )
    }

    /// A check as often as the virtual server wants it, with its thresholds.
    func paced(_ probe: HealthCheck) -> ServerCheck {
        var check = ServerCheck(probe, pace: Pace(interval: shared.checkIntervalInEffect))
        check.failureCount = shared.failureCount ?? 1
        check.riseCount = shared.riseCount ?? 1
        return check
    }

    /// Echoes, each under the limit of a connection.
    private func ping(_ address: IPAddress) -> HealthCheck {
        let attempts = min(shared.checkCount ?? 1, Self.mostEchoes)
        return HealthCheck(
            method: .ping(attempts: attempts),
            target: Endpoint(address: address, port: 0),
            timeout: shared.checkTimeoutInEffect * attempts
        )
    }

    /// The most echoes of one check.
    private static let mostEchoes = 1000
}

// Programs.
extension CheckPlan {
    /// Service and server as programs are told them: addresses of IPv6 in brackets, 0 for what a mark has not.
    private func arguments(_ address: IPAddress, _ port: UInt16) -> [String] {
        let service: [String]
        switch key {
        case .mark(let mark, _): service = [String(mark), "0"]
        case .endpoint(_, let endpoint): service = [Self.host(endpoint.address), String(endpoint.port)]
        }
        return service + [Self.host(address), String(port)]
    }

    /// An address as it stands before a port.
    static func host(_ address: IPAddress) -> String {
        address.family == .ipv6 ? "[\(address)]" : "\(address)"
    }

    private func externalCheck(_ address: IPAddress, _ port: UInt16) -> ExternalCheck {
        let program = section.checkCommand ?? Self.defaultCommand
        let kind: ExternalCheck.Kind = section.checkType.value == .externalPerl ? .perlFile : .program
        return ExternalCheck(kind, program: program, arguments: arguments(address, port))
    }

    /// The program of `checktype=external` that says nothing else: it is always content.
    static let defaultCommand = "/bin/true"
    /// The program that asks an Oracle database, unless `checkcommand` names one.
    static let oracleCommand = "/usr/lib/directrix/check-oracle"

    /// A program asks an Oracle database; what is secret stands in its environment.
    private func oracleCheck(_ entry: RealEntry, _ address: IPAddress, _ port: UInt16) -> ExternalCheck {
        var check = ExternalCheck(
            program: section.checkCommand ?? Self.oracleCommand,
            arguments: arguments(address, port)
        )
        check.secret = section.password
        check.environment = [
            "CHECK_LOGIN": section.login ?? "",
            "CHECK_PASSWORD": section.password ?? "",
            "CHECK_DATABASE": section.database ?? "",
            "CHECK_REQUEST": String((entry.request ?? section.request?.value ?? "/").dropFirst()),
        ]
        return check
    }
}
