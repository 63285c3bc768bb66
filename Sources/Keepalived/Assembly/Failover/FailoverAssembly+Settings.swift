import Addresses
import Configuration
import Failover
import IPVS
import Texts

// What holds for all virtual routers, and for the process.
extension FailoverAssembly {
    mutating func settings(of routers: [VirtualRouter]) -> RouterSettings {
        var settings = RouterSettings()
        let globals = words.globals
        settings.startDelay = globals.time("vrrp_startup_delay") ?? .zero
        settings.bootDelay = globals.time("vrrp_delay_after_boot") ?? .zero
        settings.tellsUnknownRouters = globals.has("log_unknown_vrids")
        settings.realTimePriority = globals.number("vrrp_rt_priority").map { Int(clamping: $0) }
        if let microseconds = globals.number("vrrp_rlimit_rttime") {
            settings.realTimeLimit = .microseconds(microseconds)
        }
        settings.niceness = globals.number("vrrp_priority").map { Int(clamping: $0) }
        settings.locksMemory = globals.has("vrrp_no_swap")
        settings.processors = (globals.entry("vrrp_cpu_affinity")?.values ?? []).compactMap { value in
            if case .number(let number) = value.value { Int(clamping: number) } else { nil }
        }
        if let prefix = linkPrefix("vmac_prefix") { settings.linkPrefix = prefix }
        settings.addressLinkPrefix = linkPrefix("vmac_addr_prefix")
        settings.disablesLocalGroups = globals.has("disable_local_igmp")
        settings.routeMaker = routeMaker
        if let entry = globals.entry("vrrp_route_protocol"), let text = entry.text, routeMaker == 18,
            text != "18", text != "keepalived"
        {
            findings.error(
                "\(text) is no routing protocol",
                at: entry.place,
                expected: "a number from 1 to 255, or a name"
            )
        }
        settings.grace = globals.time("vrrp_reload_grace") ?? settings.grace
        noteFilters(routers)
        let namesFilter = ["nftables", "vrrp_iptables"].contains { globals.has($0) }
        if namesFilter || routers.contains(where: { !$0.acceptsTraffic }) {
            settings.filterTable = globals.text("nftables") ?? "keepalived"
        }
        if let priority = globals.number("nftables_priority") { settings.filterPriority = Int32(clamping: priority) }
        settings.countsFiltered = globals.has("nftables_counters")
        return settings
    }

    /// The beginning of names of interfaces; nil where none is said or it cannot be one.
    private mutating func linkPrefix(_ name: String) -> String? {
        guard let entry = words.globals.entry(name), let prefix = entry.text else { return nil }
        // A full stop and the number of a router stand behind it.
        guard (1...11).contains(prefix.utf8.count), !prefix.contains("/") else {
            findings.error("\(prefix) is no beginning of a name", at: entry.place, expected: "1 to 11 letters")
            return nil
        }
        return prefix
    }

    private mutating func noteFilters(_ routers: [VirtualRouter]) {
        for name in ["vrrp_iptables", "vrrp_ipsets"] {
            guard let entry = words.globals.entry(name) else { continue }
            findings.warning(
                "\(name): rules that drop packets are made with nftables, in a table of their own",
                at: entry.keyword,
                expected: "nftables"
            )
        }
        if let entry = words.globals.entry("vrrp_rx_bufs_policy"), let text = entry.text,
            !["MTU", "ADVERT"].contains(text),
            defaults.receiveBuffer == nil
        {
            findings.error("\(text) is no size of a buffer", at: entry.place, expected: "MTU, ADVERT or a number")
        }
    }

    /// The pace of announcements: that of each group, and then that of all other interfaces.
    mutating func readPaces(into routing: inout RouterSet) {
        let globals = words.globals
        let usual = (arp: globals.time("vrrp_garp_interval"), neighbour: globals.time("vrrp_gna_interval"))
        var known: Set<String> = []
        for block in words.file.blocks("garp_group") {
            var pace = AnnouncementPace(interfaces: [])
            pace.arp = block.time("garp_interval") ?? usual.arp ?? .zero
            pace.neighbour = block.time("gna_interval") ?? usual.neighbour ?? .zero
            for value in (block.all("interface") + block.blocks("interfaces").flatMap(\.entries)).flatMap(\.values) {
                guard case .text(let name) = value.value else { continue }
                if known.insert(name).inserted {
                    pace.interfaces.append(name)
                } else {
                    findings.warning("\(name) is in a garp_group already, and the first counts", at: value.word)
                }
            }
            if pace.interfaces.isEmpty {
                if !block.mentions("interface"), !block.mentions("interfaces") {
                    findings.warning(
                        "a garp_group without interfaces does nothing",
                        at: block.keyword,
                        expected: "interface NAME"
                    )
                }
            } else {
                routing.paces.append(pace)
            }
        }
        guard usual.arp ?? .zero > .zero || usual.neighbour ?? .zero > .zero else { return }
        var pace = AnnouncementPace(interfaces: [])
        (pace.arp, pace.neighbour) = (usual.arp ?? .zero, usual.neighbour ?? .zero)
        routing.paces.append(pace)
    }

    /// The times that interfaces must be down or up; shorter than a backup waits, or it would take over meanwhile.
    mutating func readDelays(into routing: inout RouterSet) {
        // The shortest time that a backup waits for whoever uses an interface.
        var limits: [String: Duration] = [:]
        for router in routing.routers {
            let limit = router.interval * (router.downCount - 1)
            let names = (router.interface.map { [$0] } ?? []) + router.trackers.interfaces.map(\.name)
            for name in names { limits[name] = min(limits[name] ?? limit, limit) }
        }
        for entry in words.file.blocks("interface_up_down_delays").flatMap(\.entries) {
            guard let name = entry.text, entry.values.count > 1, case .time(let down) = entry.values[1].value else {
                continue
            }
            var delays = InterfaceDelays(down: down, up: down)
            if entry.values.count > 2, case .time(let up) = entry.values[2].value { delays.up = up }
            if let limit = limits[name], max(delays.down, delays.up) >= limit,
                delays != InterfaceDelays(down: .zero, up: .zero)
            {
                let most = max(.zero, limit - .microseconds(1))
                findings.warning(
                    "a delay as long as a backup waits: less than \(limit.secondsText) s taken",
                    at: entry.values[1].word
                )
                (delays.down, delays.up) = (min(delays.down, most), min(delays.up, most))
            }
            if routing.interfaceDelays.updateValue(delays, forKey: name) != nil {
                findings.warning("\(name) has its delays twice, and the last count", at: entry.place)
            }
        }
    }

    /// What the director's process does: pipes, mail, dumps and daemons.
    mutating func readProcess(of configuration: inout FailoverConfiguration) {
        let globals = words.globals
        configuration.pipes = words.pipes(["notify_fifo", "vrrp_notify_fifo"], answers.accounts, &findings)
        configuration.mail = mail
        configuration.mailsNoFaults = globals.has("no_email_faults")
        configuration.repeatsStatesOnReload = globals.has("fifo_write_vrrp_states_on_reload")
        configuration.dumpVersion = Int(clamping: globals.number("json_version") ?? 1)
        configuration.statisticsFile = globals.text("stats_dump_file")
        configuration.documentFile = globals.text("json_dump_file")
        configuration.tellsOldLines = globals.has("vrrp_old_log_lines")
        if let daemon = words.syncDaemon, daemon.followsRole, let router = daemon.instance {
            configuration.synchronisation = FollowingSyncDaemons(
                router: router,
                daemon: words.daemon(daemon, role: .master)
            )
        }
    }
}

// Interfaces of a virtual router's own.
extension FailoverAssembly {
    mutating func link(_ frame: RouterFrame) -> VirtualLink? {
        let block = frame.block
        if let entry = block.entry("use_ipvlan"), case .ipvlan(let settings)? = entry.values.first?.value {
            if let other = block.entry("use_vmac") {
                findings.error("use_vmac and use_ipvlan do not go together", at: other.keyword)
            }
            noteIpvlan(settings, at: entry, frame)
            noteBaseWord(frame)
            return .ipvlan(settings)
        }
        guard let entry = block.entry("use_vmac"), case .macvlan(var settings, let group)? = entry.values.first?.value
        else {
            noteBaseWord(frame)
            return nil
        }
        if frame.interface == nil {
            findings.error("a virtual MAC needs an interface", at: entry.keyword, expected: "interface NAME")
        }
        if let bytes = settings.hardwareAddress, bytes.count == 5 {
            settings.hardwareAddress = bytes + [UInt8(clamping: block.number("virtual_router_id") ?? 0)]
        }
        if let group { settings.group = number(group) }
        settings.advertisesFromParent = block.has("vmac_xmit_base")
        if settings.advertisesFromParent, let base = frame.strictEntry("vmac_xmit_base") {
            findings.warning("strict mode has no vmac_xmit_base", at: base.keyword)
            settings.advertisesFromParent = false
        }
        if !settings.advertisesFromParent, !block.peers.isEmpty {
            findings.warning(
                "advertisements to peers leave by the interface itself, as with vmac_xmit_base",
                at: entry.keyword,
                expected: "vmac_xmit_base"
            )
            settings.advertisesFromParent = true
        }
        if let promoting = block.entry("promote_secondaries") {
            findings.warning("promote_secondaries holds for a virtual MAC in any case", at: promoting.keyword)
        }
        return .macvlan(settings)
    }

    private mutating func noteIpvlan(_ settings: IpvlanSettings, at entry: CheckedBlock.Entry, _ frame: RouterFrame) {
        if frame.interface == nil {
            findings.error("an ipvlan needs an interface", at: entry.keyword, expected: "interface NAME")
        }
        if settings.address == nil, frame.family == .ipv4 {
            findings.error("an ipvlan of IPv4 needs an address", at: entry.keyword, expected: "use_ipvlan NAME ADDRESS")
        }
        if let address = settings.address, address.family != frame.family {
            findings.error("\(address) is of another family than the addresses of the instance", at: entry.place)
        }
    }

    private mutating func noteBaseWord(_ frame: RouterFrame) {
        guard let entry = frame.block.entry("vmac_xmit_base") else { return }
        findings.warning("vmac_xmit_base does nothing without use_vmac", at: entry.keyword)
    }
}
