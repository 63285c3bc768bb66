import Addresses
import Configuration
import IPVS

// What holds for the whole file.

extension WrittenConfiguration {
    mutating func globals() -> [WrittenStatement] {
        let (settings, process) = (configuration.settings, configuration.process)
        var globals: [WrittenStatement] = mail()
        globals += statement("notification_email_from", process.mailSender)
        globals += statement("smtp_helo_name", process.mailGreeting)
        if let timeout = process.mailTimeout {
            globals.append(WrittenStatement("smtp_connect_timeout", .time(timeout)))
        }
        if let timeouts = settings.timeouts {
            let all = [("tcp", timeouts.tcp), ("tcpfin", timeouts.tcpFin), ("udp", timeouts.udp)].filter { $0.1 != 0 }
            if !all.isEmpty {
                globals.append(
                    WrittenStatement("lvs_timeouts", values: all.flatMap { [.word($0.0), .number(Int64($0.1))] })
                )
            }
        }
        globals += syncDaemons(settings.syncDaemons)
        if let following = failover?.synchronisation {
            let router = [WrittenValue.word("inst"), .plain(following.router)]
            globals.append(syncDaemon(following.daemon, router, [.word("one_role")]))
        }
        if settings.emptiesTableAtStart { globals.append(WrittenStatement("lvs_flush")) }
        if settings.emptiesTableAtStop { globals.append(WrittenStatement("lvs_flush_on_stop")) }
        if settings.leavesTable { change("services stay at the stop with the option --dont-release-ipvs only") }
        if settings.addsQuiescent { lose("a server that fails while it is not there is never added without weight") }
        globals += failover.map { pipes(process.pipes, $0.pipes) } ?? pipes(process.pipes)
        globals += program("startup_script", process.startProgram) + program("shutdown_script", process.stopProgram)
        if process.refusesUnsafePrograms { globals.append(WrittenStatement("enable_script_security")) }
        if let mark = process.reloadMark { globals += statement("reload_file", mark) }
        if let schedule = process.reloadSchedule {
            globals += statement("reload_time_file", schedule.path)
            if schedule.isDaily { globals.append(WrittenStatement("reload_repeat")) }
        }
        if process.namesDumps { globals.append(WrittenStatement("data_use_instance")) }
        globals += statement("state_dump_file", process.stateFile)
        globals += failoverGlobals()
        noteProcess(process)
        return globals
    }

    /// What stands outside of every block.
    mutating func outermost() -> [WrittenStatement] {
        let process = configuration.process
        var statements = statement("instance", process.instance)
        statements += statement("net_namespace", process.networkNamespace)
        if process.usesPIDFolder { statements.append(WrittenStatement("use_pid_dir")) }
        // A time with a fraction is that of mails, which is waited for in any case.
        if let patience = process.stopPatience, patience.components.attoseconds == 0 {
            statements.append(WrittenStatement("child_wait_time", .number(patience.components.seconds)))
        }
        return statements
    }

    private mutating func syncDaemons(_ daemons: [SyncDaemon]) -> [WrittenStatement] {
        guard let first = daemons.first else { return [] }
        var other = first
        other.role = first.role == .master ? .backup : .master
        guard daemons.count == 2, daemons[1] == other else {
            lose("a sync daemon of one role alone")
            return []
        }
        return [syncDaemon(first, [], [])]
    }

    private func syncDaemon(
        _ daemon: SyncDaemon,
        _ router: [WrittenValue],
        _ end: [WrittenValue]
    ) -> WrittenStatement {
        var values: [WrittenValue] = [.word(daemon.interface)] + router + [.word("id"), .number(Int64(daemon.syncID))]
        if let length = daemon.maximumLength { values += [.word("maxlen"), .number(Int64(length))] }
        if let port = daemon.port { values += [.word("port"), .number(Int64(port))] }
        if let timeToLive = daemon.timeToLive { values += [.word("ttl"), .number(Int64(timeToLive))] }
        if let group = daemon.group { values += [.word("group"), .word("\(group)")] }
        return WrittenStatement("lvs_sync_daemon", values: values + end)
    }

    private mutating func pipes(_ pipes: [EventPipe]) -> [WrittenStatement] {
        if pipes.count > 2 { lose("more than two pipes") }
        return zip(["notify_fifo", "lvs_notify_fifo"], pipes).flatMap { name, pipe in self.pipe(name, pipe) }
    }

    /// The statements of a pipe, under that keyword.
    mutating func pipe(_ keyword: String, _ pipe: EventPipe) -> [WrittenStatement] {
        guard let path = text(pipe.path, of: keyword) else { return [] }
        var values = [path]
        if let user = pipe.user { values.append(.text(user)) }
        if pipe.user != nil, let group = pipe.group { values.append(.text(group)) }
        return [WrittenStatement(keyword, values: values)] + program("\(keyword)_script", pipe.reader)
    }

    private mutating func program(_ keyword: String, _ program: AwaitedProgram?) -> [WrittenStatement] {
        guard let program else { return [] }
        return self.program(keyword, program.program)
            + [WrittenStatement("\(keyword)_timeout", .number(program.patience.components.seconds))]
    }

    private mutating func noteProcess(_ process: ProcessSettings) {
        if process.reloadsOnChange { change("the file is read again by a signal only, not when it changes") }
        if process.changeCommand != nil { lose("a program that is run when the file changes") }
        if !process.companions.isEmpty { lose("other configurations that are started with this one") }
        if process.maintenanceDirectory != nil { lose("a folder for maintenance") }
        switch process.log {
        case .file(let path): change("the log goes to syslog, not to \(path)")
        case .syslog("daemon"): break
        case .syslog(let facility): change("the facility \(facility) of the log is said on the command line: -S")
        }
    }

    /// Who gets mail, which is one for all services.
    private mutating func mail() -> [WrittenStatement] {
        let pools = configuration.virtualServers.filter { $0.mail != nil }
        guard let alert = pools.first?.mail ?? failover?.mail else { return [] }
        defer { place = nil }
        if let first = pools.first {
            for other in pools where other.mail != alert {
                place = other.place
                lose("other mail than the service in line \(first.place?.line ?? 0) has: there is one for all")
            }
            place = first.place
            if let other = failover?.mail, other != alert {
                lose("other mail of virtual routers: there is one for all")
            }
        }
        if alert.repetition != nil { lose("mail that is sent again while a server is down") }
        if alert.phases != .all { lose("mail in some phases only") }
        if alert.mailServer == nil { change("mail goes by the mail server of this host, 127.0.0.1, not by sendmail") }
        let addresses = alert.recipients.compactMap { text($0, of: "an address of mail") }
        var statements = [
            WrittenStatement("notification_email", block: addresses.map { WrittenStatement("", $0) }),
            WrittenStatement(
                "smtp_server",
                .text(alert.mailServer ?? "127.0.0.1"),
                .number(Int64(alert.mailServerPort))
            ),
        ]
        statements += statement("router_id", alert.label)
        if !alert.tellsEachCheck { statements.append(WrittenStatement("no_checker_emails")) }
        return statements
    }

    mutating func statements(of tls: WrittenTLS) -> [WrittenStatement] {
        var statements = statement("ca", tls.trusted)
        statements += statement("certificate", tls.identity?.certificate)
        statements += statement("key", tls.identity?.key)
        if let password = tls.identity?.password, text(password, of: "the password of SSL") != nil {
            statements.append(WrittenStatement("password", .secret(password)))
        }
        return statements
    }
}
