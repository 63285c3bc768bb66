import Addresses
import IPVS

/// Makes a configuration of a file's sections and the answers to its questions.
struct ConfigurationAssembly {
    let sections: FileSections
    var names: NameAnswers
    /// The name of this host for default logins.
    let hostName: String
    var findings: Findings
    /// For each virtual server that was made, the section it comes from.
    private(set) var keptSections: [Int] = []
    /// The servers that ranges may still make.
    private var rangeServersLeft = ConfigurationAssembly.mostRangeServers

    /// The most servers that the ranges of a file stand for together.
    static let mostRangeServers = 65536

    init(sections: FileSections, names: NameAnswers, hostName: String, findings: Findings) {
        self.sections = sections
        self.names = names
        self.hostName = hostName
        self.findings = findings
    }

    mutating func configuration() -> DirectorConfiguration {
        var configuration = DirectorConfiguration(settings: sections.global.settings)
        let fallbacks = globalFallbacks()
        var lines: [ServiceKey: Int] = [:]
        for (index, section) in sections.virtuals.enumerated() {
            guard let key = key(of: section) else { continue }
            if let first = lines.updateValue(section.place.line.number, forKey: key) {
                findings.error("duplicate virtual server", at: section.place, note: "The first is in line \(first).")
                lines[key] = first
                continue
            }
            let shared = section.shared.inheriting(sections.global.shared)
            var server = virtualServer(section, key, shared)
            server.fallback = fallback(of: section, key, global: fallbacks[section.family])
            let plan = CheckPlan(section: section, shared: shared, key: key, hostName: hostName)
            plan.note(isForking: sections.global.isForking ?? false, into: &findings)
            server.realServers = realServers(of: section, key, plan)
            configuration.virtualServers.append(server)
            keptSections.append(index)
        }
        return configuration
    }
}

// Names.
extension ConfigurationAssembly {
    /// An address; without one an error, or a warning that what needs it is left out.
    private mutating func address(
        of host: HostReference,
        _ family: AddressFamily,
        at place: Place,
        refusal: String,
        subject: String
    ) -> IPAddress? {
        switch names.address(of: host, family) {
        case .found(let address): return address
        case .kept(let address, let reason):
            findings.warning("\(place.text) keeps its last address \(address)", at: place, note: reason)
            return address
        case .missing(let reason):
            noteMissing(refusal, subject, at: place, reason)
            return nil
        }
    }

    private mutating func port(
        of port: PortReference,
        _ transport: TransportProtocol?,
        at place: Place,
        refusal: String,
        subject: String
    ) -> UInt16? {
        switch names.port(of: port, transport) {
        case .found(let port): return port
        case .kept(let port, let reason):
            findings.warning("\(place.text) keeps its last port \(port)", at: place, note: reason)
            return port
        case .missing(let reason):
            noteMissing(refusal, subject, at: place, reason)
            return nil
        }
    }

    private mutating func noteMissing(_ refusal: String, _ subject: String, at place: Place, _ reason: String) {
        if names.leavesOut {
            findings.warning("\(refusal); \(subject) is left out", at: place, note: reason)
        } else {
            findings.error(refusal, at: place, note: reason)
        }
    }

    private mutating func key(of section: VirtualSection) -> ServiceKey? {
        switch section.identity {
        case nil: return nil
        case .mark(let mark): return .mark(mark, section.family)
        case .endpoint(let host, let port):
            let refusal = "invalid address for virtual service"
            let transport = section.transport ?? .tcp
            let address = address(of: host, section.family, at: section.place, refusal: refusal, subject: "the service")
            let number = self.port(of: port, transport, at: section.place, refusal: refusal, subject: "the service")
            guard let address, let number else { return nil }
            return .endpoint(transport, Endpoint(address: address, port: number))
        }
    }
}

// Virtual servers.
extension ConfigurationAssembly {
    private mutating func virtualServer(
        _ section: VirtualSection,
        _ key: ServiceKey,
        _ shared: SharedDirectives
    ) -> VirtualServer {
        var server = VirtualServer(service: service(section, key))
        server.fallbackCommand = shared.fallbackCommand
        server.isQuiescent = shared.isQuiescent ?? false
        server.isRemovedAtStop = shared.isRemovedAtStop ?? true
        server.interval = shared.checkIntervalInEffect
        server.failureCount = shared.failureCount ?? 1
        server.riseCount = shared.riseCount ?? 1
        server.reconciliation = shared.reconciliation ?? .warn
        server.mail = shared.mail
        server.monitorFile = section.monitorFile
        server.name = section.name
        server.comment = section.comment
        server.line = section.place.line.number
        return server
    }

    private mutating func service(_ section: VirtualSection, _ key: ServiceKey) -> VirtualService {
        var service = VirtualService(key: key, scheduler: section.scheduler.value)
        if let words = section.schedulerFlags {
            do {
                service.schedulerFlags = try SchedulerFlagWords.flags(words.value, scheduler: service.scheduler)
            } catch {
                findings.error(
                    "\(error.word) is no flag of the scheduler \(service.scheduler)",
                    at: words.place ?? section.place,
                    expected: "flag-1, flag-2, flag-3, or sh-fallback and sh-port of sh, mh-fallback and mh-port of mh",
                    note: "ldirectord accepts it, and ipvsadm then refuses the service."
                )
            }
        }
        if let persistence = section.persistence {
            service.persistence = Persistence(
                timeout: UInt32(truncatingIfNeeded: persistence.value),
                netmask: section.netmask?.value ?? .host(section.family)
            )
        } else {
            if let netmask = section.netmask {
                findings.warning("netmask does nothing without persistent", at: netmask.place ?? section.place)
            }
            if case .endpoint(_, let endpoint) = key, endpoint.port == 0 {
                findings.error(
                    "port 0, which stands for every port, without persistent",
                    at: section.place,
                    expected: "a port, or persistent",
                    note: "ldirectord accepts it, and ipvsadm then refuses the service."
                )
            }
        }
        if let isOnePacket = section.isOnePacket, isOnePacket.value {
            service.isOnePacket = key.transport == .udp
            if !service.isOnePacket {
                findings.warning("ops does nothing but with UDP", at: isOnePacket.place ?? section.place)
            }
        }
        return service
    }

    /// A server as the kernel has it: without translation packets go to the port of the service.
    private func endpoint(
        _ address: IPAddress,
        _ port: UInt16,
        _ forwarding: ForwardingMethod,
        _ key: ServiceKey
    ) -> Endpoint {
        if case .endpoint(_, let service) = key, forwarding != .masquerade {
            return Endpoint(address: address, port: service.port)
        }
        return Endpoint(address: address, port: port)
    }
}

// Fallback servers.
extension ConfigurationAssembly {
    /// A fallback whose name is resolved; without a port it takes the service's.
    private struct Fallback {
        let address: IPAddress
        let port: UInt16?
        let forwarding: ForwardingMethod
    }

    private mutating func globalFallbacks() -> [AddressFamily: Fallback] {
        var fallbacks: [AddressFamily: Fallback] = [:]
        for family in AddressFamily.allCases {
            guard let entry = sections.global.fallbacks[family] else { continue }
            fallbacks[family] = fallback(entry, family, .tcp)
        }
        return fallbacks
    }

    private mutating func fallback(
        _ entry: FallbackEntry,
        _ family: AddressFamily,
        _ transport: TransportProtocol
    ) -> Fallback? {
        let version = family == .ipv4 ? "IPv4" : "IPv6"
        let host = entry.host.name ?? ""
        let address = address(
            of: entry.host,
            family,
            at: entry.place,
            refusal: "invalid \(version) address or could not resolve for fallback server: \(host)",
            subject: "the fallback"
        )
        guard let address else { return nil }
        guard let port = entry.port else { return Fallback(address: address, port: nil, forwarding: entry.forwarding) }
        var resolved: UInt16?
        // A name may be known with the other protocol only.
        if case .found(let number) = names.port(of: port, transport) {
            resolved = number
        } else {
            resolved = self.port(
                of: port,
                transport,
                at: entry.place,
                refusal: "invalid port for fallback server",
                subject: "the fallback"
            )
        }
        return resolved.map { Fallback(address: address, port: $0, forwarding: entry.forwarding) }
    }

    private mutating func fallback(
        of section: VirtualSection,
        _ key: ServiceKey,
        global: Fallback?
    ) -> Destination? {
        var fallback = global
        if let own = section.fallback {
            fallback = self.fallback(own, section.family, section.transport ?? .tcp)
        }
        guard let fallback else { return nil }
        let endpoint = endpoint(fallback.address, fallback.port ?? key.port, fallback.forwarding, key)
        return Destination(endpoint: endpoint, forwarding: fallback.forwarding)
    }
}

// Real servers.
extension ConfigurationAssembly {
    private mutating func realServers(
        of section: VirtualSection,
        _ key: ServiceKey,
        _ plan: CheckPlan
    ) -> [RealServer] {
        var servers: [RealServer] = []
        var places: [Endpoint: Int] = [:]
        servers.reserveCapacity(section.reals.count)
        for entry in section.reals {
            var port: UInt16 = 0
            if let reference = entry.port {
                let place = Place(line: entry.place.line, range: entry.portRange ?? entry.place.range)
                let resolved = self.port(
                    of: reference,
                    nil,
                    at: place,
                    refusal: "invalid port (\(place.text)) for real server (could not resolve port)",
                    subject: "the server"
                )
                guard let resolved else { continue }
                port = resolved
            }
            guard let target = plan.target(of: entry, named: { address(ofURL: $0, entry, section.family) }) else {
                continue
            }
            var isNoted = false
            for address in addresses(of: entry, section.family) {
                let endpoint = endpoint(address, port, entry.forwarding, key)
                if let line = places[endpoint] {
                    if !isNoted { noteDuplicate(entry, endpoint, first: line) }
                    isNoted = true
                    continue
                }
                places[endpoint] = entry.place.line.number
                servers.append(realServer(entry, endpoint, port, plan.check(of: entry, address, port, target)))
            }
        }
        return servers
    }

    private func realServer(
        _ entry: RealEntry,
        _ endpoint: Endpoint,
        _ port: UInt16,
        _ check: HealthCheck
    ) -> RealServer {
        let destination = Destination(
            endpoint: endpoint,
            forwarding: entry.forwarding,
            weight: entry.weight,
            upperThreshold: entry.upperThreshold,
            lowerThreshold: entry.lowerThreshold
        )
        var server = RealServer(destination: destination, check: check)
        server.configuredPort = port
        server.hostName = entry.lastHost == nil ? entry.host.name : nil
        server.line = entry.place.line.number
        return server
    }

    private mutating func noteDuplicate(_ entry: RealEntry, _ endpoint: Endpoint, first: Int) {
        findings.warning(
            "the server \(endpoint) stands here a second time, and counts once",
            at: entry.place,
            note: "The first is in line \(first). ldirectord keeps both, which fight each other."
        )
    }

    /// The address of the host in a real server's URL.
    private mutating func address(
        ofURL host: HostReference,
        _ entry: RealEntry,
        _ family: AddressFamily
    ) -> IPAddress? {
        let text = host.name ?? ""
        return address(
            of: host,
            family,
            at: entry.place,
            refusal: "invalid address (\(text)) for the request of a real server (could not resolve host)",
            subject: "the server"
        )
    }

    /// The addresses that an entry stands for.
    private mutating func addresses(of entry: RealEntry, _ family: AddressFamily) -> [IPAddress] {
        let line = entry.place.line
        let place = Place(line: line, range: entry.hostRange)
        let first = address(
            of: entry.host,
            family,
            at: place,
            refusal: "invalid address (\(place.text)) for real server (could not resolve host)",
            subject: "the server"
        )
        guard let first else { return [] }
        guard let host = entry.lastHost, let range = entry.lastHostRange else { return [first] }
        let lastPlace = Place(line: line, range: range)
        let last = address(
            of: host,
            family,
            at: lastPlace,
            refusal: "invalid address (\(lastPlace.text)) for real server (could not resolve end host)",
            subject: "the range"
        )
        guard let last, case .v4(let lower) = first, case .v4(let upper) = last else { return [] }
        let whole = Place(line: line, range: entry.hostRange.lowerBound..<range.upperBound)
        guard lower <= upper else {
            findings.error(
                "Invalid Range: \(lower)-\(upper): First value must be greater than or equal to the second value",
                at: whole,
                expected: "\(upper)->\(lower)"
            )
            return []
        }
        let count = Int(upper.value - lower.value) + 1
        guard count <= rangeServersLeft else {
            findings.error(
                "a range of \(count) servers",
                at: whole,
                expected: "at most \(Self.mostRangeServers) servers in all ranges of a file"
            )
            return []
        }
        rangeServersLeft -= count
        if String(lower.value).utf8.count != String(upper.value).utf8.count {
            findings.warning(
                "\(count) servers",
                at: whole,
                note: "ldirectord compares the numbers of the addresses letter by letter and loses some or all of them."
            )
        }
        return (lower.value...upper.value).map { .v4(IPv4Address(value: $0)) }
    }
}

extension GlobalSection {
    /// What holds for the director as a whole.
    var settings: DirectorSettings {
        var settings = DirectorSettings()
        settings.reloadsOnChange = reloadsOnChange ?? false
        settings.changeCommand = changeCommand
        settings.log = log ?? settings.log
        settings.companions = companions
        settings.isSupervised = isSupervised ?? false
        settings.addsQuiescent = addsQuiescent ?? false
        settings.maintenanceDirectory = maintenanceDirectory
        settings.mailSender = mailSender
        return settings
    }
}
