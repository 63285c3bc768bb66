import Addresses
import Configuration
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
    /// The fallbacks of the whole file that have an address.
    private(set) var fallbacks: [AddressFamily: Fallback] = [:]
    /// The servers that ranges may still make.
    var rangeServersLeft = ConfigurationAssembly.mostRangeServers

    /// The most servers that the ranges of a file stand for together.
    static let mostRangeServers = 65536

    init(sections: FileSections, names: NameAnswers, hostName: String, findings: Findings) {
        self.sections = sections
        self.names = names
        self.hostName = hostName
        self.findings = findings
    }

    mutating func configuration() -> DirectorConfiguration {
        var configuration = DirectorConfiguration(settings: sections.global.settings, process: sections.global.process)
        fallbacks = globalFallbacks()
        var lines: [ServiceKey: Int] = [:]
        for (index, section) in sections.virtuals.enumerated() {
            guard let key = key(of: section) else { continue }
            if let first = lines.updateValue(section.place.line.number, forKey: key) {
                findings.error("duplicate virtual server", at: section.place, note: "The first is in line \(first).")
                lines[key] = first
                continue
            }
            guard isPossible(section, key) else { continue }
            let shared = section.shared.inheriting(sections.global.shared)
            var server = virtualServer(section, key, shared)
            server.standby = standby(
                of: section,
                behind: server.service,
                global: fallbacks[section.family]
            )
            let plan = CheckPlan(section: section, shared: shared, key: key, hostName: hostName)
            plan.note(isForking: sections.global.isForking ?? false, into: &findings)
            server.realServers = realServers(of: section, behind: server.service, plan)
            configuration.virtualServers.append(server)
            keptSections.append(index)
        }
        return configuration
    }
}

// Virtual servers.
extension ConfigurationAssembly {
    mutating func virtualServer(
        _ section: VirtualSection,
        _ key: ServiceKey,
        _ shared: SharedDirectives
    ) -> VirtualServer {
        var server = VirtualServer(service: service(section, key, shared))
        server.fallbackCommand = shared.fallbackCommand
        server.isRemovedAtStop = shared.isRemovedAtStop ?? true
        server.reconciliation = shared.reconciliation ?? .restore
        server.mail = shared.mail
        server.monitorFile = section.monitorFile
        server.name = section.name
        server.comment = section.comment
        server.place = FilePlace(line: section.place.line.number)
        return server
    }

    /// Whether the kernel can have a service; it runs on without one that it cannot have, as ldirectord does.
    private mutating func isPossible(_ section: VirtualSection, _ key: ServiceKey) -> Bool {
        let longest = DirectiveLine.longestScheduler
        if section.scheduler.value.utf8.count > longest {
            findings.warning(
                "a scheduler's name has at most \(longest) letters; the service is left out",
                at: section.scheduler.place ?? section.place,
                note: "ldirectord accepts it, and ipvsadm then refuses the service."
            )
            return false
        }
        if case .endpoint(_, let endpoint) = key, endpoint.port == 0, (section.persistence?.value ?? 0) == 0 {
            findings.warning(
                "port 0, which stands for every port, without persistent; the service is left out",
                at: section.place,
                expected: "a port, or persistent",
                note: "ldirectord accepts it, and ipvsadm then refuses the service."
            )
            return false
        }
        return true
    }

    private mutating func service(
        _ section: VirtualSection,
        _ key: ServiceKey,
        _ shared: SharedDirectives
    ) -> VirtualService {
        var service = VirtualService(key: key, scheduler: section.scheduler.value)
        if let words = section.schedulerFlags {
            let (flags, unknown) = SchedulerFlagWords.flags(words.value, scheduler: service.scheduler)
            service.schedulerFlags = flags
            for word in unknown {
                findings.warning(
                    "\(word) is no flag of the scheduler \(service.scheduler), and left out",
                    at: words.place ?? section.place,
                    expected: "flag-1, flag-2, flag-3, or sh-fallback and sh-port of sh, mh-fallback and mh-port of mh",
                    note: "ldirectord accepts it, and ipvsadm then refuses the service."
                )
            }
        }
        if let word = SchedulerFlagWords.fallback(of: service.scheduler) {
            if shared.passesOverServers == true { service.schedulerFlags.insert(.first) }
            if !service.schedulerFlags.contains(.first) {
                findings.warning(
                    "a server at weight 0, as quiescent=yes leaves one that fails, keeps its slots in the scheduler "
                        + "\(service.scheduler), so that its share of new connections is lost",
                    at: section.scheduler.place ?? section.place,
                    expected: "schedflags=\(word), or schedfallback=yes for all services"
                )
            }
        }
        if let persistence = section.persistence, persistence.value > 0 {
            service.persistence = Persistence(
                timeout: UInt32(truncatingIfNeeded: persistence.value),
                netmask: section.netmask?.value ?? .host(section.family)
            )
        } else if let netmask = section.netmask {
            findings.warning("netmask does nothing without persistent", at: netmask.place ?? section.place)
        }
        if let isOnePacket = section.isOnePacket, isOnePacket.value {
            service.isOnePacket = key.transport == .udp
            if !service.isOnePacket {
                findings.warning("ops does nothing but with UDP", at: isOnePacket.place ?? section.place)
            }
        }
        return service
    }
}

extension GlobalSection {
    /// The settings of all services.
    var settings: DirectorSettings {
        var settings = DirectorSettings()
        settings.addsQuiescent = addsQuiescent ?? false
        return settings
    }

    /// The settings of the process.
    var process: ProcessSettings {
        var settings = ProcessSettings()
        settings.reloadsOnChange = reloadsOnChange ?? false
        settings.changeCommand = changeCommand
        settings.log = log ?? settings.log
        settings.companions = companions
        settings.isSupervised = isSupervised ?? false
        settings.maintenanceDirectory = maintenanceDirectory
        settings.mailSender = mailSender
        return settings
    }
}
