import Addresses
import Configuration
import Failover
import IPVS

// What is set for all. What is for SNMP and DBus, which are not served, has the values of a keepalived that was not told
// anything of it.

extension StateDump {
    func lines(of globals: CheckedBlock) -> [String] {
        var text = GlobalLines(globals)
        text.add(["------< Global definitions >------"])
        text.optional("Config save dir", globals.text("config_save_dir"))
        text.add("Network namespace", process.networkNamespace ?? "(default)")
        text.add("Network namespace ipvs", words.file.text("net_namespace_ipvs") ?? "(main namespace)")
        text.optional("Instance name", process.instance)
        addNames(to: &text)
        addMail(to: &text)
        addReloading(to: &text)
        addTable(to: &text)
        addPipes(to: &text)
        text.add(Self.failover(globals))
        addProcesses(to: &text)
        text.add("SNMP vrrp disabled")
        text.add("SNMP checker \(globals.has("enable_snmp_checker") ? "enabled" : "disabled")")
        text.add("SNMP RFCv2 disabled")
        text.add("SNMP RFCv3 disabled")
        text.add("SNMP traps \(globals.has("enable_traps") ? "enabled" : "disabled")")
        text.add("SNMP socket", globals.text("snmp_socket") ?? "default (unix:/var/agentx/master)")
        text.add("DBus disabled")
        text.add("DBus service name", globals.text("dbus_service_name") ?? "")
        text.add("Script security \(globals.has("enable_script_security") ? "enabled" : "disabled")")
        text.add("Default script uid:gid \(numbers(of: nil))")
        for socket in [
            "vrrp_netlink_cmd", "vrrp_netlink_monitor", "process_monitor", "lvs_netlink_cmd", "lvs_netlink_monitor",
        ] {
            text.add("\(socket)_rcv_bufs", globals.number("\(socket)_rcv_bufs") ?? 0)
            text.add("\(socket)_rcv_bufs_force", globals.boolean("\(socket)_rcv_bufs_force") ?? false ? 1 : 0)
        }
        text.add("rs_init_notifies", globals.boolean("rs_init_notifies") ?? false ? 1 : 0)
        text.add("no_checker_emails", globals.boolean("no_checker_emails") ?? false ? 1 : 0)
        text.add("rx_bufs_multiples", 3)
        text.add("umask", globals.text("umask") ?? "0177")
        return text.lines
    }

    private func addNames(to text: inout GlobalLines) {
        let globals = text.globals
        if globals.has("process_names") || globals.has("process_name") || globals.has("checker_process_name") {
            text.add("Parent process name", globals.text("process_name") ?? "keepalived")
            text.add("VRRP process name", globals.text("vrrp_process_name") ?? "keepalived_vrrp")
            text.add("LVS process name", globals.text("checker_process_name") ?? "keepalived_healthcheckers")
            text.add("BFD process name", globals.text("bfd_process_name") ?? "keepalived_bfd")
        }
        text.add("Router ID", globals.text("router_id") ?? hostName)
    }

    private func addMail(to text: inout GlobalLines) {
        let globals = text.globals
        if let (host, port) = globals.mailServer("smtp_server") {
            text.add("Smtp server", host)
            text.add("Smtp server port", port)
        }
        text.optional("Smtp HELO name", globals.text("smtp_helo_name"))
        if globals.has("smtp_server") {
            text.add(
                "Smtp server connection timeout",
                (globals.time("smtp_connect_timeout") ?? .seconds(30)).components.seconds
            )
        }
        text.optional("Email notification from", globals.text("notification_email_from"))
        let recipients = globals.recipients("notification_email")
        if !recipients.isEmpty { text.add([" Email notification to:"] + recipients.map { "   \($0)" }) }
        for name in ["smtp_alert", "smtp_alert_vrrp", "smtp_alert_checker"] {
            text.add("Default \(name)", globals.boolean(name).map { $0 ? "on" : "off" } ?? "unset")
        }
        text.add("Checkers log all failures", (globals.boolean("checker_log_all_failures") ?? false).trueFalse)
    }

    private func addReloading(to text: inout GlobalLines) {
        let globals = text.globals
        if globals.has("reload_check_config") {
            text.add("Test config before reload\(globals.text("reload_check_config").map { ", log to \($0)" } ?? "")")
        } else {
            text.add("No test config before reload")
        }
        if let file = globals.text("reload_time_file") {
            text.add("Reload time file", "\(file)\(globals.has("reload_repeat") ? " (repeat)" : "")")
            text.add("No reload scheduled")
        }
        if globals.has("reload_file") {
            text.add("Reload_file", globals.text("reload_file") ?? "/run/keepalived.reload")
        }
        text.optional("config save directory", globals.text("tmp_config_directory"))
        if process.namesDumps { text.add("Use instance name in data dumps") }
        text.add("Dynamic interfaces", globals.has("dynamic_interfaces").trueFalse)
        if globals.has("dynamic_interfaces") {
            text.add("Allow interface changes", (globals.text("dynamic_interfaces") != nil).trueFalse)
        }
        if globals.has("no_email_faults") { text.add("Send emails for fault transitions", "off") }
    }

    private func addTable(to text: inout GlobalLines) {
        let globals = text.globals
        if case .timeouts(let timeouts)? = globals.entry("lvs_timeouts")?.values.first?.value {
            for (title, seconds) in [
                ("LVS TCP timeout", timeouts.tcp), ("LVS TCP FIN timeout", timeouts.tcpFin),
                ("LVS UDP timeout", timeouts.udp),
            ] where seconds != 0 { text.add(title, seconds) }
        }
        text.add("Disable local IGMP", globals.has("disable_local_igmp").yesNo)
        if case .syncDaemon(let daemon)? = globals.entry("lvs_sync_daemon")?.values.first?.value {
            text.add("LVS syncd interface", daemon.interface)
            text.optional("LVS syncd vrrp instance", daemon.instance)
            text.optional("LVS syncd syncid", daemon.syncID)
            text.optional("LVS syncd maxlen", daemon.maximumLength)
            if let group = daemon.group { text.add("LVS mcast group \(group)") }
            text.optional("LVS syncd mcast port", daemon.port)
            text.optional("LVS syncd mcast ttl", daemon.timeToLive)
        }
        text.add("LVS flush", globals.has("lvs_flush").trueFalse)
        let stop = globals.entry("lvs_flush_on_stop").map { $0.text == "VS" ? "VS" : "enabled" }
        text.add("LVS flush on stop", stop ?? "disabled")
    }

    private func addPipes(to text: inout GlobalLines) {
        let globals = text.globals
        for (name, title) in [("notify_fifo", "Global notify fifo"), ("lvs_notify_fifo", "LVS notify fifo")] {
            guard let entry = globals.entry(name), let path = entry.text else { continue }
            var account: Value.Account?
            if case .account(let own)? = entry.values.dropFirst().first?.value { account = own }
            text.add(title, "\(path), uid:gid \(numbers(of: account))")
            guard let script = globals.script("\(name)_script") else { continue }
            text.add("\(title) script", "\(script.quoted) '\(path)', uid:gid \(numbers(of: script.account))")
        }
    }

    private static func failover(_ globals: CheckedBlock) -> [String] {
        let defaults = RouterDefaults(globals)
        let announcements = defaults.announcements
        // What is not said stands for that of becoming master.
        let lowerDelay =
            globals.time("vrrp_garp_lower_prio_delay").map { "\($0.components.seconds)" } ?? "\(UInt32.max)"
        let lowerRounds = globals.number("vrrp_garp_lower_prio_repeat").map { "\($0)" } ?? "\(UInt32.max)"
        let gap = (
            arp: globals.time("vrrp_garp_interval") ?? .zero, neighbour: globals.time("vrrp_gna_interval") ?? .zero
        )
        return [
            "FIFO write vrrp states on reload = \(globals.has("fifo_write_vrrp_states_on_reload").trueFalse)",
            "VRRP notify priority changes = \(defaults.tellsPriorities.trueFalse)",
            "VRRP IPv4 mcast group = \(defaults.group(.ipv4))", "VRRP IPv6 mcast group = \(defaults.group(.ipv6))",
            "Gratuitous ARP delay = \(announcements.delay.components.seconds)",
            "Gratuitous ARP repeat = \(announcements.rounds)",
            "Gratuitous ARP refresh timer = \(announcements.refresh.components.seconds)",
            "Gratuitous ARP refresh repeat = \(announcements.refreshRounds)",
            "Gratuitous ARP lower priority delay = \(lowerDelay)",
            "Gratuitous ARP lower priority repeat = \(lowerRounds)",
            "Num adverts before down = \(defaults.downCount)",
            "Gratuitous ARP for each secondary VMAC = \(announcements.extraInterval.components.seconds)s",
            "Send advert after receive lower priority advert = \((defaults.staysSilentOnLower != true).trueFalse)",
            "Send advert after receive higher priority advert = \((defaults.advertisesBeforeYielding == true).trueFalse)",
            "Gratuitous ARP interval = \(gap.arp.dumpedSeconds)",
            "Gratuitous NA interval = \(gap.neighbour.dumpedSeconds)",
            "VRRP default protocol version = \(defaults.version ?? 2)",
            "nftables \(globals.has("nftables_counters") ? "with" : "without") counters",
            "libnftnl version 1.2.3", "VRRP check unicast_src = \((defaults.checksSource == true).trueFalse)",
            "VRRP skip check advert addresses = \(defaults.trustsKnownMaster.trueFalse)",
            "VRRP strict mode = \(defaults.isStrict.trueFalse)",
        ].map { " \($0)" }
    }

    private func addProcesses(to text: inout GlobalLines) {
        let globals = text.globals
        text.add("Max auto priority", globals.entry("max_auto_priority").map { $0.number ?? -1 } ?? 0)
        text.add("Min auto priority delay", "\(globals.number("min_auto_priority_delay") ?? 1_000_000) usecs")
        for (name, title) in [("vrrp", "VRRP"), ("checker", "Checker"), ("bfd", "BFD")] {
            text.add("\(title) process priority", globals.number("\(name)_priority") ?? 0)
            text.add("\(title) don't swap", globals.has("\(name)_no_swap").trueFalse)
            text.add("\(title) realtime priority", globals.number("\(name)_rt_priority") ?? 0)
            let limit = globals.number("\(name)_rlimit_rttime") ?? 10_000
            text.add("\(title) realtime limit", limit)
        }
    }
}

/// Lines about global_defs, each one blank from the left.
private struct GlobalLines {
    let globals: CheckedBlock
    private(set) var lines: [String] = []

    init(_ globals: CheckedBlock) {
        self.globals = globals
    }

    mutating func add(_ lines: [String]) { self.lines += lines }
    mutating func add(_ line: String) { lines.append(" \(line)") }
    mutating func add(_ name: String, _ value: some CustomStringConvertible) { lines.append(" \(name) = \(value)") }

    mutating func optional(_ name: String, _ value: (some CustomStringConvertible)?) {
        if let value { add(name, value) }
    }
}
