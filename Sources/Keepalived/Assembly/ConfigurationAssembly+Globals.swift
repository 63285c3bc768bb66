import Addresses
import Configuration
import IPVS

// What holds for all services, and for the process.
extension ConfigurationAssembly {
    mutating func settings() -> DirectorSettings {
        var settings = DirectorSettings()
        if case .timeouts(let timeouts)? = words.globals.entry("lvs_timeouts")?.values.first?.value {
            settings.timeouts = timeouts
        }
        settings.syncDaemons = syncDaemons()
        settings.emptiesTableAtStart = words.globals.has("lvs_flush")
        if let entry = words.globals.entry("lvs_flush_on_stop") {
            // With VS only services of this director go, which they do anyway.
            settings.emptiesTableAtStop = entry.text != "VS"
        }
        return settings
    }

    /// Where what holds for all services and for the process is said.
    func sharedPlaces() -> [SharedSetting: FilePlace] {
        let words: [(SharedSetting, [String])] = [
            (.timeouts, ["lvs_timeouts"]), (.syncDaemons, ["lvs_sync_daemon"]),
            (.emptiedTable, ["lvs_flush", "lvs_flush_on_stop"]), (.pipes, ["notify_fifo", "lvs_notify_fifo"]),
            (.startProgram, ["startup_script"]), (.stopProgram, ["shutdown_script"]),
            (.reloadSchedule, ["reload_time_file"]), (.mailGreeting, ["smtp_helo_name"]),
        ]
        var places: [SharedSetting: FilePlace] = [:]
        for (setting, names) in words {
            guard let entry = names.lazy.compactMap({ self.words.globals.entry($0) }).first else { continue }
            places[setting] = place(of: entry.keyword)
        }
        return places
    }

    /// Daemons of both roles, so that connections are received from the first second and no change of role stops one; none
    /// where one role alone is to run, which the configuration of failover has then.
    private mutating func syncDaemons() -> [SyncDaemon] {
        if let entry = words.globals.entry("lvs_sync_daemon"),
            case .syncDaemon(let daemon)? = entry.values.first?.value
        {
            if let instance = daemon.instance, !words.file.all("vrrp_instance").contains(where: { $0.text == instance })
            {
                findings.error("there is no vrrp_instance \(instance)", at: entry.place)
            }
            if daemon.followsRole, daemon.instance == nil {
                findings.error("one_role needs an instance whose role it is", at: entry.place, expected: "inst NAME")
            }
        }
        guard let daemon = words.syncDaemon, !daemon.followsRole else { return [] }
        return [SyncDaemon.Role.master, .backup].map { words.daemon(daemon, role: $0) }
    }

    mutating func process() -> ProcessSettings {
        var process = ProcessSettings()
        let globals = words.globals
        process.log = .syslog(facility: "daemon")
        process.mailSender = globals.text("notification_email_from")
        process.mailGreeting = globals.text("smtp_helo_name")
        process.mailTimeout = globals.time("smtp_connect_timeout")
        process.stopPatience = stopPatience(mails: process.mailTimeout)
        process.startProgram = awaited("startup_script")
        process.stopProgram = awaited("shutdown_script")
        process.refusesUnsafePrograms = words.isSecure
        process.pipes = words.pipes(["notify_fifo", "lvs_notify_fifo"], answers.accounts, &findings)
        process.instance = words.file.text("instance")
        process.networkNamespace = words.file.text("net_namespace")
        process.usesPIDFolder = words.file.has("use_pid_dir")
        if globals.has("reload_file") { process.reloadMark = globals.text("reload_file") ?? "/run/keepalived.reload" }
        process.reloadSchedule = reloadSchedule()
        process.namesDumps = globals.boolean("data_use_instance") ?? false
        process.stateFile = globals.text("state_dump_file")
        noteMail()
        noteIdleWords(process)
        return process
    }

    /// The time until what still runs at the stop is left: what is told of states and events, and mails where there are any.
    private func stopPatience(mails: Duration?) -> Duration {
        let patience = Duration.seconds(words.file.number("child_wait_time") ?? 5)
        return mail == nil ? patience : max(patience, mails ?? .seconds(30))
    }

    private mutating func reloadSchedule() -> ReloadSchedule? {
        let globals = words.globals
        if let path = globals.text("reload_time_file") {
            return ReloadSchedule(path: path, isDaily: globals.has("reload_repeat"))
        }
        if !globals.mentions("reload_time_file"), let entry = globals.entry("reload_repeat") {
            findings.warning("reload_repeat does nothing without reload_time_file", at: entry.keyword)
        }
        return nil
    }

    /// A program at the start or at the stop, which has ten seconds unless the file says another time.
    private mutating func awaited(_ name: String) -> AwaitedProgram? {
        guard let script = words.globals.script(name) else {
            if !words.globals.mentions(name), let entry = words.globals.entry("\(name)_timeout") {
                findings.warning("\(name)_timeout does nothing without \(name)", at: entry.keyword)
            }
            return nil
        }
        let seconds = words.globals.number("\(name)_timeout") ?? 10
        return AwaitedProgram(notice(script), patience: .seconds(seconds))
    }

    /// Tells of words that are read and not carried out, where more than comfort goes with them.
    private mutating func noteIdleWords(_ process: ProcessSettings) {
        if let entry = words.file.entry("net_namespace_ipvs"), entry.text != process.networkNamespace {
            findings.warning(
                "net_namespace_ipvs has no effect here: services are set up where servers are asked from",
                at: entry.keyword,
                expected: "net_namespace"
            )
        }
        if let entry = words.globals.entry("reload_check_config"), let path = entry.text {
            findings.warning(
                "nothing is written to \(path): what is wrong with a file that is loaded again stands in the log",
                at: entry.place
            )
        }
    }
}

// Mail.
extension ConfigurationAssembly {
    private mutating func noteMail() {
        for entry in words.globals.all("notification_email") {
            guard let block = entry.block, block.entries.isEmpty, !block.hasFailures else { continue }
            findings.warning("nobody to get mail", at: entry.keyword, expected: "addresses")
        }
        guard let entry = words.globals.entry("smtp_server"), let (host, _) = words.globals.mailServer("smtp_server")
        else { return }
        let outcomes = Self.mailQuestions(host).map { answers.names[$0] }
        let isMissing = outcomes.allSatisfy { if case .unresolved? = $0 { true } else { false } }
        guard isMissing, !outcomes.isEmpty else { return }
        findings.warning(
            "the mail server \(host) is not found now",
            at: entry.place,
            note: "It is looked for again with each mail."
        )
    }

    /// The questions about the host of a mail server; none for an address.
    static func mailQuestions(_ host: String) -> [NameQuestion] {
        guard IPAddress(host) == nil else { return [] }
        return [.host(host, .ipv4), .host(host, .ipv6)]
    }
}

extension MailAlert {
    /// Who gets mail by the words of global_defs; nil where nobody does, or by no server.
    ///
    /// - Parameter hostName: the name of this host, which mails have where the file names no router.
    init?(_ globals: CheckedBlock, hostName: String) {
        guard let (host, port) = globals.mailServer("smtp_server") else { return nil }
        let recipients = globals.recipients("notification_email")
        guard !recipients.isEmpty else { return nil }
        self.init(recipients: recipients, mailServer: host)
        mailServerPort = port
        label = globals.text("router_id") ?? hostName
        tellsEachCheck = !(globals.boolean("no_checker_emails") ?? false)
    }
}
