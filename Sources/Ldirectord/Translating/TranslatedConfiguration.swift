import Addresses
package import Configuration
import IPVS

/// Says a configuration that was read in another language in the words of `ldirectord.cf`.
///
/// What that has no words for is noted with the line of what it is about.
package struct TranslatedConfiguration {
    private let configuration: DirectorConfiguration
    var differences: [Translation.Difference] = []
    private var lines: [String] = []
    /// What differences found now are about; nil for the whole file.
    var place: FilePlace?

    /// The configuration in this language, with what it cannot say.
    package static func translation(of configuration: DirectorConfiguration) -> Translation {
        var translated = TranslatedConfiguration(configuration: configuration)
        translated.translate()
        return Translation(
            text: translated.lines.map { $0 + "\n" }.joined(),
            differences: translated.differences
        )
    }

    private init(configuration: DirectorConfiguration) {
        self.configuration = configuration
    }

    /// Notes what would be lost.
    mutating func lose(_ message: String) {
        differences.append(Translation.Difference(isLoss: true, place: place, message: message))
    }

    /// Notes what is other, and not lost.
    mutating func change(_ message: String) {
        differences.append(Translation.Difference(isLoss: false, place: place, message: message))
    }

    /// Notes what becomes of a setting for all: that it would be lost, or is other.
    private mutating func note(_ message: String, of setting: SharedSetting, isLoss: Bool = true) {
        differences.append(
            Translation.Difference(isLoss: isLoss, place: configuration.places[setting], message: message)
        )
    }

    /// A text as it stands in quotes; what cannot stand there is noted.
    mutating func quotable(_ text: String, _ what: String) -> String {
        if text.utf8.contains(where: { "\"#\n\r".utf8.contains($0) }) { lose("a quote or a # in \(what)") }
        return text
    }

    private mutating func translate() {
        lines = globals()
        for pool in configuration.virtualServers {
            for service in pool.services {
                lines.append("")
                lines += self.service(service, of: pool)
            }
        }
    }

    private mutating func globals() -> [String] {
        let (settings, process) = (configuration.settings, configuration.process)
        if settings.timeouts != nil { note("timeouts of the table", of: .timeouts) }
        if !settings.syncDaemons.isEmpty { note("sync daemons", of: .syncDaemons) }
        if settings.emptiesTableAtStart || settings.emptiesTableAtStop {
            note("a table that is emptied", of: .emptiedTable)
        }
        if !process.pipes.isEmpty { note("pipes that get a line for each change", of: .pipes) }
        if process.startProgram != nil { note("a program at the start", of: .startProgram) }
        if process.stopProgram != nil { note("a program at the stop", of: .stopProgram) }
        if process.reloadSchedule != nil {
            note("a file that says when the configuration is read again", of: .reloadSchedule)
        }
        if process.mailGreeting != nil {
            note("mail servers are greeted with the name of the host", of: .mailGreeting, isLoss: false)
        }
        var lines: [String] = []
        switch process.log {
        case .file(let path): lines.append("logfile=\"\(quotable(path, "the path of a log"))\"")
        case .syslog(let facility): lines.append("logfile=\"\(facility)\"")
        }
        if let sender = process.mailSender {
            lines.append("emailalertfrom=\(quotable(sender, "the sender of mail"))")
        }
        return lines
    }

    /// The block of one service of a pool.
    private mutating func service(_ service: VirtualService, of pool: VirtualServer) -> [String] {
        place = pool.place
        let isIPv6 = service.key.family == .ipv6
        var lines: [String] = []
        switch service.key {
        case .mark(let mark, _): lines.append("virtual\(isIPv6 ? "6" : "")=\(mark)")
        case .endpoint(_, let endpoint): lines.append("virtual\(isIPv6 ? "6" : "")=\(endpoint)")
        }
        notePool(pool)
        let shape = CheckShape(of: pool.realServers)
        for server in pool.realServers { lines.append(real(server, service, pool, shape)) }
        place = pool.place
        if let standby = pool.standby {
            let destination = standby.server.destination(in: service)
            let forward = ForwardingWords.word(destination.forwarding)
            lines.append("\tfallback\(isIPv6 ? "6" : "")=\(destination.endpoint) \(forward)")
            noteForwarding(of: standby.server, service)
        }
        lines += scheduling(of: service)
        lines += checks(shape, service)
        let absences = Set(pool.realServers.map(\.whenDown))
        if absences.count > 1 { lose("servers of which some leave the table when they are down, and some stay") }
        lines.append("\tquiescent=\(absences.contains(.quiesced) ? "yes" : "no")")
        lines.append("\tcleanstop=\(pool.isRemovedAtStop && !configuration.settings.leavesTable ? "yes" : "no")")
        if pool.reconciliation != .restore { lines.append("\treconcile=\(pool.reconciliation.rawValue)") }
        lines += mail(pool)
        return lines
    }

    private mutating func notePool(_ pool: VirtualServer) {
        if pool.quorum != Quorum() { lose("a quorum of more than one server, or with a hysteresis") }
        if pool.notices != StateNotices() { lose("programs that are run for the quorum") }
        if !pool.neededAddresses.isEmpty { lose("checks that rest while the address is on another machine") }
        if pool.standby?.staysWithoutWeight == true {
            lose("a standby that stays without weight while it is not needed")
        }
        if pool.tellsStop { change("the end of servers is not told when the director stops") }
    }

    private mutating func scheduling(of service: VirtualService) -> [String] {
        var lines: [String] = []
        switch service.key.transport {
        case .tcp: lines.append("\tprotocol=tcp")
        case .udp: lines.append("\tprotocol=udp")
        case nil: lines.append("\tprotocol=fwm")
        default: lose("a protocol other than TCP and UDP")
        }
        lines.append("\tscheduler=\(service.scheduler)")
        let flags = SchedulerFlagWords.words(service.schedulerFlags, scheduler: service.scheduler)
        if !flags.isEmpty { lines.append("\tschedflags=\"\(flags)\"") }
        if service.persistenceEngine != nil { lose("an engine of persistence") }
        if let persistence = service.persistence {
            lines.append("\tpersistent=\(persistence.timeout)")
            if !persistence.netmask.isHost { lines.append("\tnetmask=\(persistence.netmask.description)") }
        }
        if service.isOnePacket {
            if service.key.transport != .udp { lose("packets of a mark that are scheduled one by one") }
            lines.append("\tops=yes")
        }
        return lines
    }

    private mutating func mail(_ pool: VirtualServer) -> [String] {
        guard let mail = pool.mail else { return [] }
        let recipients = mail.recipients.map { quotable($0, "an address of mail") }
        var lines = ["\temailalert=\(recipients.joined(separator: ", "))"]
        if let server = mail.mailServer { lines.append("\tsmtp=\(quotable(server, "a mail server"))") }
        if mail.mailServer != nil, mail.mailServerPort != 25 {
            lose("a mail server with another port than 25")
        }
        if pool.realServers.contains(where: { !$0.isMailed }) { change("mail is sent about all servers") }
        return lines
    }
}

// Servers.
extension TranslatedConfiguration {
    /// The line of a server.
    private mutating func real(
        _ server: RealServer,
        _ service: VirtualService,
        _ pool: VirtualServer,
        _ shape: CheckShape
    ) -> String {
        place = server.place ?? pool.place
        noteForwarding(of: server, service)
        if server.notices != StateNotices() { lose("programs that are run for a server") }
        if server.checks.count > 1 { lose("several checks of one server") }
        let destination = server.destination(in: service)
        let isIPv6 = service.key.family == .ipv6
        let port = server.port ?? service.key.port
        let name =
            port == 0
            ? (isIPv6 ? "[\(server.address)]" : "\(server.address)")
            : "\(Endpoint(address: server.address, port: port))"
        var text = "\treal\(isIPv6 ? "6" : "")=\(name) \(ForwardingWords.word(destination.forwarding)) \(server.weight)"
        if let check = server.checks.first {
            if check.probe.target.address != server.address { lose("a check of another address than the server's") }
            if check.probe.origin != nil { lose("a check from an address, port, interface or with a mark of its own") }
            if check.weightRule != .none { lose("a weight by the result of a check") }
            if let after = check.pace.afterFailure, after != check.pace.interval, check.failureCount > 1 {
                change("a check that has failed is repeated after \(check.pace.interval), not after \(after)")
            }
            if !shape.holds(for: check, server) { lose("another kind of check than other servers of the service have") }
            text += words(of: check)
            let asked = check.probe.target.port
            if asked != 0, asked != port { text += " checkport=\(asked)" }
        } else if !shape.isEmpty {
            lose("a server without checks beside some with checks")
        }
        if server.lowerThreshold > 0 { text += " l:\(server.lowerThreshold)" }
        if server.upperThreshold > 0 { text += " u:\(server.upperThreshold)" }
        return text
    }

    private mutating func noteForwarding(of server: RealServer, _ service: VirtualService) {
        switch server.forwarding {
        case .masquerade, .directRoute: break
        case .tunnel: if server.tunnel != .ipip { lose("a tunnel other than ipip") }
        default: lose("a way of forwarding other than masq, gate and ipip")
        }
        if server.address.family != service.key.family { lose("a server of another family than its service") }
    }
}
