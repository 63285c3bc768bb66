import Addresses
import Configuration
import Digests
import IPVS

extension EffectiveDirectives.Value {
    fileprivate init(_ text: String?) {
        self = text.map { .string($0) } ?? .absent
    }

    fileprivate init(_ number: Int?) {
        self = number.map { .number($0) } ?? .absent
    }

    fileprivate init(_ time: Duration?) {
        self = time.map { .time($0) } ?? .absent
    }
}

extension MailAlert.Phases {
    /// The words of `emailalertstatus`.
    var words: [String] {
        guard self != .all else { return ["all"] }
        guard !isEmpty else { return ["none"] }
        let words: [(MailAlert.Phases, String)] = [
            (.starting, "starting"), (.running, "running"), (.stopping, "stopping"), (.reloading, "reloading"),
        ]
        return words.filter { contains($0.0) }.map(\.1)
    }
}

extension SharedDirectives {
    fileprivate var effectiveDirectives: [EffectiveDirectives.Directive] {
        [
            .init("checktimeout", .time(checkTimeoutInEffect)),
            .init("negotiatetimeout", .time(negotiateTimeoutInEffect)),
            .init("checkinterval", .time(checkIntervalInEffect)),
            .init("checkcount", .number(checkCount ?? 1)),
            .init("failurecount", .number(failureCount ?? 1)),
            .init("risecount", .number(riseCount ?? 1)),
            .init("fallbackcommand", .init(fallbackCommand)),
            .init("quiescent", .boolean(isQuiescent ?? false)),
            .init("cleanstop", .boolean(isRemovedAtStop ?? true)),
            .init("emailalert", .list(recipients ?? [])),
            .init("emailalertfreq", .time(mailRepetition ?? .zero)),
            .init("emailalertstatus", .list((mailPhases ?? .all).words)),
            .init("smtp", .init(mailServer)),
            .init("redirect", .string((redirects ?? .follow).rawValue)),
            .init("tlsverify", .boolean(verifiesCertificate ?? false)),
            .init("tlscafile", .init(trustedCertificates)),
            .init("checkbodylimit", .number(bodyLimit ?? 1 << 20)),
            .init("schedfallback", .boolean(passesOverServers ?? false)),
            .init("reconcile", .string((reconciliation ?? .restore).rawValue)),
        ]
    }
}

extension ConfigurationAssembly.Fallback {
    /// The value as a file has it, with the address that was found and the way of forwarding that holds.
    fileprivate var text: String {
        let host = port.map { "\(Endpoint(address: address, port: $0))" } ?? CheckPlan.host(address)
        return "\(host) \(ForwardingWords.word(forwarding))"
    }
}

extension GlobalSection {
    func effectiveDirectives(
        _ configuration: DirectorConfiguration,
        _ fallbacks: [AddressFamily: ConfigurationAssembly.Fallback]
    ) -> [EffectiveDirectives.Directive] {
        let process = configuration.process
        let log =
            switch process.log {
            case .file(let path): path
            case .syslog(let facility): facility
            }
        // Globally each of the timeouts stands in for the other.
        return shared.inheriting(SharedDirectives()).effectiveDirectives + [
            .init("fallback", .init(fallbacks[.ipv4]?.text)),
            .init("fallback6", .init(fallbacks[.ipv6]?.text)),
            .init("autoreload", .boolean(process.reloadsOnChange)),
            .init("callback", .init(process.changeCommand)),
            .init("logfile", .string(log)),
            .init("execute", .list(process.companions)),
            .init("supervised", .boolean(process.isSupervised)),
            .init("fork", .boolean(isForking ?? false)),
            .init("readdquiescent", .boolean(configuration.settings.addsQuiescent)),
            .init("emailalertfrom", .init(process.mailSender)),
            .init("maintenancedir", .init(process.maintenanceDirectory)),
        ]
    }
}

extension VirtualSection {
    func effectiveDirectives(
        _ server: VirtualServer,
        _ plan: CheckPlan
    ) -> [EffectiveDirectives.Directive] {
        let key = server.service.key
        let identity =
            switch key {
            case .mark(let mark, _): String(mark)
            case .endpoint(_, let endpoint): "\(endpoint)"
            }
        let transport =
            switch key.transport {
            case .udp: "udp"
            case nil: "fwm"
            default: "tcp"
            }
        let flags = SchedulerFlagWords.words(server.service.schedulerFlags, scheduler: server.service.scheduler)
        let persistence = server.service.persistence
        return [
            .init(family == .ipv6 ? "virtual6" : "virtual", .string(identity)),
            .init("protocol", .string(transport)),
            .init("scheduler", .string(server.service.scheduler)),
            .init("schedflags", .init(flags.isEmpty ? nil : flags)),
            .init("persistent", .init(persistence.map { Duration.seconds($0.timeout) })),
            .init("netmask", .init(persistence.flatMap { $0.netmask.isHost ? nil : $0.netmask.description })),
            .init("ops", .boolean(server.service.isOnePacket)),
            .init("checktype", .string(checkType.value.word)),
            .init("service", .string(plan.service.rawValue)),
            .init("checkport", .init(checkPort.map(Int.init))),
            .init("checkcommand", .string(checkCommand ?? CheckPlan.defaultCommand)),
            .init("request", .string(request?.value ?? "/")),
            .init("receive", .init(receive?.value)),
            .init("httpmethod", .string(method.rawValue)),
            .init("httpstatus", .list((statuses ?? .successful).words)),
            .init("digest", .init(digest.map(Hexadecimal.encode))),
            .init("virtualhost", .init(virtualHost)),
            .init("sni", .init(nameForTLS)),
            .init("starttls", .init(plan.isOfDatabase ? plan.sessionTLS.rawValue : nil)),
            .init("authmethods", plan.isOfDatabase ? .list(plan.loginMethodWords) : .absent),
            .init("login", .init(plan.login)),
            .init("passwd", .init(plan.password)),
            .init("database", .init(database)),
            .init("secret", .init(secret)),
            .init("monitorfile", .init(server.monitorFile)),
            .init("servicename", .init(server.name)),
            .init("comment", .init(server.comment)),
        ] + plan.shared.effectiveDirectives
    }
}

extension RealServer {
    func effectiveDirectives(_ entry: RealEntry?, _ plan: CheckPlan) -> [EffectiveDirectives.Directive] {
        let checkPort = entry.map { plan.checkPort(of: $0, writtenEndpoint.port) } ?? 0
        return [
            .init(address.family == .ipv6 ? "real6" : "real", .string("\(writtenEndpoint)")),
            .init("forward", .string(ForwardingWords.word(forwarding))),
            .init("weight", .number(Int(weight))),
            .init("request", .init(entry?.request)),
            .init("receive", .init(entry?.receive?.value)),
            .init("l", .number(Int(lowerThreshold))),
            .init("u", .number(Int(upperThreshold))),
            .init("checkport", .init(checkPort > 0 ? Int(checkPort) : nil)),
        ]
    }
}
