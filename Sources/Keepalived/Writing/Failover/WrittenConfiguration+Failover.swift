import Configuration
import Failover
import IPVS

// Failover: what holds for all virtual routers, and what they look at.

extension WrittenConfiguration {
    /// The statements of global_defs.
    mutating func failoverGlobals() -> [WrittenStatement] {
        guard let failover else { return [] }
        let (settings, usual) = (failover.routing.settings, RouterSettings())
        var globals: [WrittenStatement] = []
        func add(_ keyword: String, _ value: WrittenValue, unless isUsual: Bool) {
            if !isUsual { globals.append(WrittenStatement(keyword, value)) }
        }
        func add(_ keyword: String, if isSaid: Bool) {
            if isSaid { globals.append(WrittenStatement(keyword)) }
        }
        add("vrrp_startup_delay", .time(settings.startDelay), unless: settings.startDelay == usual.startDelay)
        add("vrrp_delay_after_boot", .time(settings.bootDelay), unless: settings.bootDelay == usual.bootDelay)
        add("vrrp_reload_grace", .time(settings.grace), unless: settings.grace == usual.grace)
        add("log_unknown_vrids", if: settings.tellsUnknownRouters)
        if let priority = settings.realTimePriority { add("vrrp_rt_priority", .number(Int64(priority)), unless: false) }
        let (seconds, attoseconds) = settings.realTimeLimit.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        add("vrrp_rlimit_rttime", .number(microseconds), unless: settings.realTimeLimit == usual.realTimeLimit)
        if let niceness = settings.niceness { add("vrrp_priority", .number(Int64(niceness)), unless: false) }
        add("vrrp_no_swap", if: settings.locksMemory)
        if !settings.processors.isEmpty {
            let numbers = settings.processors.map { WrittenValue.number(Int64($0)) }
            globals.append(WrittenStatement("vrrp_cpu_affinity", values: numbers))
        }
        add("vmac_prefix", .text(settings.linkPrefix), unless: settings.linkPrefix == usual.linkPrefix)
        if let prefix = settings.addressLinkPrefix { add("vmac_addr_prefix", .text(prefix), unless: false) }
        add("disable_local_igmp", if: settings.disablesLocalGroups)
        let maker = settings.routeMaker
        add("vrrp_route_protocol", .number(Int64(maker)), unless: maker == usual.routeMaker)
        if let table = settings.filterTable { globals += statement("nftables", table) }
        let priority = settings.filterPriority
        add("nftables_priority", .number(Int64(priority)), unless: priority == usual.filterPriority)
        add("nftables_counters", if: settings.countsFiltered)
        add("no_email_faults", if: failover.mailsNoFaults)
        add("fifo_write_vrrp_states_on_reload", if: failover.repeatsStatesOnReload)
        add("json_version", .number(Int64(failover.dumpVersion)), unless: failover.dumpVersion == 1)
        globals += statement("stats_dump_file", failover.statisticsFile)
        globals += statement("json_dump_file", failover.documentFile)
        add("vrrp_old_log_lines", if: failover.tellsOldLines)
        for pace in failover.routing.paces where pace.interfaces.isEmpty {
            globals.append(WrittenStatement("vrrp_garp_interval", .time(pace.arp)))
            globals.append(WrittenStatement("vrrp_gna_interval", .time(pace.neighbour)))
        }
        return globals
    }

    /// The pipes: one that both are told by, and one for each alone.
    mutating func pipes(_ own: [EventPipe], _ shared: [EventPipe]) -> [WrittenStatement] {
        let both = own.filter(shared.contains)
        let lists = [
            ("notify_fifo", both), ("lvs_notify_fifo", own.filter { !both.contains($0) }),
            ("vrrp_notify_fifo", shared.filter { !both.contains($0) }),
        ]
        return lists.flatMap { name, pipes -> [WrittenStatement] in
            if pipes.count > 1 { lose("more than one pipe as \(name)") }
            return pipes.first.map { pipe(name, $0) } ?? []
        }
    }

    /// The blocks outside of global_defs.
    mutating func failoverBlocks() -> [WrittenStatement] {
        guard let failover else { return [] }
        let routing = failover.routing
        var blocks = failover.scripts.map { script($0) }
        blocks += routing.processes.map { processes($0) }
        if !routing.interfaceDelays.isEmpty {
            let lines = routing.interfaceDelays.sorted { $0.key < $1.key }.map { name, delays in
                WrittenStatement("", values: [.plain(name), .time(delays.down), .time(delays.up)])
            }
            blocks.append(WrittenStatement("interface_up_down_delays", block: lines))
        }
        for pace in routing.paces where !pace.interfaces.isEmpty {
            let interfaces = pace.interfaces.map { WrittenStatement("", .plain($0)) }
            blocks.append(
                WrittenStatement(
                    "garp_group",
                    block: [
                        WrittenStatement("garp_interval", .time(pace.arp)),
                        WrittenStatement("gna_interval", .time(pace.neighbour)),
                        WrittenStatement("interfaces", block: interfaces),
                    ]
                )
            )
        }
        blocks += statics(routing)
        for router in routing.routers {
            blocks.append(self.router(router, failover.routerNotices[router.name] ?? FailoverNotices()))
        }
        for group in routing.groups {
            blocks.append(self.group(group, failover.groupNotices[group.name] ?? FailoverNotices()))
        }
        return blocks
    }

    private mutating func statics(_ routing: RouterSet) -> [WrittenStatement] {
        var blocks: [WrittenStatement] = []
        func end(_ isTracked: Bool, _ group: String?) -> [WrittenValue] {
            (isTracked ? [] : [.word("no_track")]) + (group.map { [.word("track_group"), .plain($0)] } ?? [])
        }
        let addresses = routing.addresses.map { entry in
            WrittenStatement("", values: line(entry.entry) + end(entry.isTracked, entry.trackGroup))
        }
        if !addresses.isEmpty { blocks.append(WrittenStatement("static_ipaddress", block: addresses)) }
        let routes = routing.routes.map { entry in
            WrittenStatement("", values: line(entry.entry) + end(entry.isTracked, entry.trackGroup))
        }
        if !routes.isEmpty { blocks.append(WrittenStatement("static_routes", block: routes)) }
        let rules = routing.rules.map { entry in
            WrittenStatement("", values: line(entry.entry) + end(entry.isTracked, entry.trackGroup))
        }
        if !rules.isEmpty { blocks.append(WrittenStatement("static_rules", block: rules)) }
        for (name, members) in routing.trackGroups.sorted(by: { $0.key < $1.key }) {
            blocks.append(WrittenStatement("track_group", .plain(name), block: [self.members(members)]))
        }
        return blocks
    }

    private func members(_ names: [String]) -> WrittenStatement {
        WrittenStatement("group", block: names.map { WrittenStatement("", .plain($0)) })
    }

    private mutating func script(_ script: TrackedScript) -> WrittenStatement {
        var block = program("script", NoticeProgram(script.program.command))
        block += [
            WrittenStatement("interval", .time(script.interval)), WrittenStatement("timeout", .time(script.timeout)),
            WrittenStatement("rise", .number(Int64(script.rise))),
            WrittenStatement("fall", .number(Int64(script.fall))),
        ]
        if let user = script.program.user {
            let group = script.program.group.map { [WrittenValue.text($0)] } ?? []
            block.append(WrittenStatement("user", values: [.text(user)] + group))
        }
        if script.beginsFailed { block.append(WrittenStatement("init_fail")) }
        return WrittenStatement("vrrp_script", .plain(script.name), block: block)
    }

    private mutating func processes(_ set: TrackedProcesses) -> WrittenStatement {
        let words = ([set.command] + set.parameters).compactMap { text($0, of: "a process") }
        var block = [WrittenStatement("process", values: words)]
        switch set.match {
        case .initial: block.append(WrittenStatement("param_match", .word("initial")))
        case .partial: block.append(WrittenStatement("param_match", .word("partial")))
        case .exact where set.parameters.isEmpty: block.append(WrittenStatement("param_match"))
        case .exact, nil: break
        }
        if set.comparesWholeCommand { block.append(WrittenStatement("full_command")) }
        // None is what goes with a most of none.
        if set.quorum > 0 { block.append(WrittenStatement("quorum", .number(Int64(set.quorum)))) }
        if let most = set.most { block.append(WrittenStatement("quorum_max", .number(Int64(most)))) }
        block += [
            WrittenStatement("fork_delay", .time(set.startDelay)),
            WrittenStatement("terminate_delay", .time(set.endDelay)),
        ]
        return WrittenStatement("vrrp_track_process", .plain(set.name), block: block)
    }

    private mutating func group(_ group: SyncGroup, _ notices: FailoverNotices) -> WrittenStatement {
        var block = [members(group.members)]
        block += trackers(group.trackers)
        if group.hasWeights { block.append(WrittenStatement("sync_group_tracking_weight")) }
        block += self.notices(notices)
        return WrittenStatement("vrrp_sync_group", .plain(group.name), block: block)
    }

    /// The blocks of what a router or a group looks at.
    mutating func trackers(_ trackers: Trackers) -> [WrittenStatement] {
        func end(_ tracker: Tracker) -> [WrittenValue] {
            [
                .word("weight"), .number(Int64(tracker.weight)),
                .word(tracker.isReversed ? "reverse" : "noreverse"),
            ]
        }
        var blocks: [WrittenStatement] = []
        for (keyword, list) in [
            ("track_interface", trackers.interfaces), ("track_script", trackers.scripts),
            ("track_file", trackers.files), ("track_process", trackers.processes),
        ] where !list.isEmpty {
            let lines = list.map { WrittenStatement("", values: [.plain($0.name)] + end($0)) }
            blocks.append(WrittenStatement(keyword, block: lines))
        }
        let servers = trackers.servers.compactMap { tracker -> WrittenStatement? in
            guard let identity = identities[tracker.name] else {
                lose("a tracker of a virtual server that is not there")
                return nil
            }
            return WrittenStatement("", values: identity + end(tracker))
        }
        if !servers.isEmpty { blocks.append(WrittenStatement("track_virtual_server", block: servers)) }
        return blocks
    }

    /// Who is told of a router or a group.
    mutating func notices(_ notices: FailoverNotices) -> [WrittenStatement] {
        var statements = program("notify_master", notices.master) + program("notify_backup", notices.backup)
        statements += program("notify_fault", notices.fault) + program("notify_stop", notices.stop)
        if notices.deleted != nil {
            statements += program("notify_deleted", notices.deleted)
        } else if notices.tellsDeletion {
            statements.append(WrittenStatement("notify_deleted"))
        }
        statements += program("notify", notices.any)
        statements += program("notify_master_rx_lower_pri", notices.lowerPriority)
        statements.append(WrittenStatement("notify_priority_changes", .boolean(notices.tellsPriorities)))
        statements.append(WrittenStatement("smtp_alert", .boolean(notices.sendsMail)))
        return statements
    }
}
