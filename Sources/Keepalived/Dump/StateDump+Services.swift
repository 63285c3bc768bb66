import Addresses
import Configuration
import IPVS

// Virtual servers, their real servers, and groups.

extension StateDump {
    func add(_ pool: ReadPool, _ state: PoolState, to text: inout DumpText) {
        let (virtual, block) = (pool.virtual, pool.block)
        text.add(" ------< Virtual server >------")
        switch pool.identity {
        case .endpoint(let address, let port): text.add(" VS VIP = \(address), VPORT = \(port)")
        case .mark(let mark): text.add(" VS FWMARK = \(mark)")
        case .group: text.add(" VS GROUP = \(virtual.voiceName)")
        }
        if let name = block.text("snmp_name") { text.add("   SNMP name = '\(name)'") }
        if let host = block.text("virtualhost") { text.add("VirtualHost", host) }
        text.add("Address family", virtual.service.key.family == .ipv6 ? "inet6" : "inet")
        text.add("connection timeout", (block.timeout ?? CheckFrame.usualTimeout).dumpedSeconds)
        text.add("delay_loop", (block.time("delay_loop") ?? CheckFrame.usualInterval).dumpedSeconds)
        addScheduling(of: pool, to: &text)
        text.add("   alpha is \(block.has("alpha").onOff)")
        text.add("   omega is \(block.has("omega").onOff)")
        addPace(of: block, to: &text)
        text.add("   Inhibit on failure is \(block.has("inhibit_on_failure").onOff)")
        text.add("   quorum = \(virtual.quorum.weight), hysteresis = \(virtual.quorum.hysteresis)")
        if block.has("ha_suspend") { text.add("   Using HA suspend") }
        add(block, "quorum_up", "   Quorum up", to: &text)
        add(block, "quorum_down", "   Quorum down", to: &text)
        text.add("Using smtp notification", virtual.isQuorumMailed.yesNo)
        text.add("default forwarding method", forwarding(of: block))
        addStandby(of: pool, to: &text)
        text.add("alive", state.servers.contains(where: \.isUp) || pool.virtual.realServers.isEmpty ? 1 : 0)
        text.add("quorum_state_up", state.hasQuorum ? 1 : 0)
        text.add("reloaded", 0)
        for ((server, block), state) in zip(zip(virtual.realServers, pool.serverBlocks), state.servers) {
            add(server, block, state, behind: pool, to: &text)
        }
    }

    private func addScheduling(of pool: ReadPool, to text: inout DumpText) {
        let (service, block) = (pool.virtual.service, pool.block)
        func state(_ flag: SchedulerFlags) -> String { service.schedulerFlags.contains(flag) ? "enabled" : "disabled" }
        text.add("lvs_sched", service.scheduler)
        text.add("Hashed", "disabled")
        if SchedulerFlags.areNamed(by: service.scheduler) {
            text.add("\(service.scheduler)-port", state(.second))
            text.add("\(service.scheduler)-fallback", state(.first))
        } else {
            text.add("flag-1", state(.first))
            text.add("flag-2", state(.second))
            text.add("flag-3", state(.third))
        }
        let isForTransport = service.key.transport == .udp
        let isOnePacket =
            service.isOnePacket ? isForTransport ? "enabled" : "enabled (inactive due to not UDP)" : "disabled"
        text.add("One packet scheduling", isOnePacket)
        if let persistence = service.persistence {
            text.add("persistence timeout", persistence.timeout)
            if block.has("persistence_granularity"), persistence.netmask != .host(service.key.family) {
                switch persistence.netmask {
                case .ipv4(let mask): text.add("persistence granularity", mask)
                case .ipv6(let length): text.add("persistence granularity", length)
                }
            }
        }
        let transport =
            switch pool.identity {
            case .mark: "none"
            case .endpoint, .group: service.key.transport.flatMap(\.name)?.uppercased() ?? "none"
            }
        text.add("protocol", transport)
    }

    /// What a block says of the pace of checks for those within it.
    private func addPace(of block: CheckedBlock, to text: inout DumpText) {
        if let count = block.number("retry") { text.add("Retry count", count) }
        if let delay = block.time("delay_before_retry") { text.add("Retry delay", delay.dumpedSeconds) }
        if let warmup = block.time("warmup") { text.add("Warmup", warmup.dumpedSeconds) }
    }

    private func add(
        _ block: CheckedBlock,
        _ name: String,
        _ title: String,
        to text: inout DumpText
    ) {
        guard let script = block.script(name) else { return }
        text.add("\(title) notify script = \(script.quoted), uid:gid \(numbers(of: script.account))")
    }

    private func addStandby(of pool: ReadPool, to text: inout DumpText) {
        guard let standby = pool.virtual.standby else { return }
        let place = standby.server.destination(in: pool.virtual.service).endpoint
        let isServer = pool.virtual.realServers.contains {
            $0.destination(in: pool.virtual.service).endpoint == place
        }
        let title = isServer ? "sorry server (duplicates rs)" : "sorry server"
        text.add(title, pool.virtual.voiceName(of: standby.server))
        text.add("     forwarding method = \(standby.server.forwarding.dumped(standby.server.tunnel))")
        text.add("     Inhibit on failure is \(standby.staysWithoutWeight.onOff)")
    }

    private func add(
        _ server: RealServer,
        _ block: CheckedBlock,
        _ state: ServerState,
        behind pool: ReadPool,
        to text: inout DumpText
    ) {
        let defaults = CheckDefaults(of: block, inheriting: CheckDefaults(of: pool.block, inheriting: CheckDefaults()))
        let port = pool.virtual.namedPort(of: server)
        text.add("   ------< Real server >------")
        text.add("   RIP = \(server.address), RPORT = \(port), WEIGHT = \(state.weight) EFF WEIGHT = \(state.weight)")
        text.add("forwarding method", server.forwarding.dumped(server.tunnel))
        text.add("   Alpha is \((block.boolean("alpha") ?? pool.block.has("alpha")).onOff)")
        text.add("connection timeout", (defaults.timeout ?? CheckFrame.usualTimeout).dumpedSeconds)
        text.add("   connection limit range = \(server.lowerThreshold) -> \(server.upperThreshold)")
        text.add("Delay loop", (defaults.interval ?? CheckFrame.usualInterval).dumpedSeconds)
        if let count = defaults.retries { text.add("Retry count", count) }
        if let delay = defaults.delayBeforeRetry { text.add("Retry delay", delay.dumpedSeconds) }
        if let warmup = defaults.warmup { text.add("Warmup", warmup.dumpedSeconds) }
        text.add("   Inhibit on failure is \((server.whenDown == .quiesced).onOff)")
        if let name = block.text("snmp_name") { text.add("SNMP name", name) }
        if let host = block.text("virtualhost") { text.add("    VirtualHost = '\(host)'") }
        add(block, "notify_up", "     RS up", to: &text)
        add(block, "notify_down", "     RS down", to: &text)
        text.add("Using smtp notification", server.isMailed.yesNo)
        text.add("initial weight", server.weight)
        text.add("effective weight", state.weight)
        text.add("previous effective_weight", 0)
        text.add("alive", state.isUp ? 1 : 0)
        text.add("num failed checkers", state.checks.count { $0.isUp == false })
        text.add("RS set", state.isInTable ? 1 : 0)
        text.add("reloaded", 0)
        let followed = block.blocks("FILE_CHECK")
        guard !followed.isEmpty else { return }
        text.add("   Tracked Files")
        for check in followed { text.add("     \(weight(of: check))") }
    }

    // MARK: Groups

    func addGroups(to text: inout DumpText, _ states: [PoolState]) {
        var seen: Set<String> = []
        for entry in words.file.all("virtual_server_group") {
            guard let name = entry.text, seen.insert(name).inserted else { continue }
            let entries = words.file.all("virtual_server_group").filter { $0.text == name }
                .compactMap(\.block).flatMap(\.entries).flatMap(\.values)
            guard !entries.isEmpty else { continue }
            add(name, entries, alive(behind: name, states), to: &text)
        }
    }

    /// How many servers that are up each protocol has behind a group.
    private func alive(behind name: String, _ states: [PoolState]) -> [TransportProtocol?: Int] {
        var counts: [TransportProtocol?: Int] = [:]
        for (pool, state) in zip(pools, states) where pool.identity == .group(name) {
            let transports = Set(pool.virtual.services.map(\.key.transport))
            for transport in transports { counts[transport, default: 0] += state.servers.count(where: \.isUp) }
        }
        return counts
    }

    private func add(
        _ name: String,
        _ entries: [ReadValue],
        _ alive: [TransportProtocol?: Int],
        to text: inout DumpText
    ) {
        text.add(" ------< Virtual server group >------")
        func has(_ family: AddressFamily) -> Bool {
            entries.contains {
                if case .entry(.addresses(let first, _, _)) = $0.value { first.family == family } else { false }
            }
        }
        text.add(" Virtual Server Group = \(name), IPv4 = \(has(.ipv4).yesNo), IPv6 = \(has(.ipv6).yesNo)")
        for entry in entries {
            guard case .entry(let entry) = entry.value else { continue }
            switch entry {
            case .addresses(let first, let last, let port):
                let range = first == last ? "VIP = \(first)" : "VIP Range = \(first)-\(last)"
                text.add("   \(range), VPORT = \(port)")
                let counts = [(TransportProtocol.tcp, "tcp"), (.udp, "udp"), (.sctp, "sctp")].map {
                    "\(alive[$0.0] ?? 0) \($0.1)"
                }
                text.add("     Alive: \(counts.joined(separator: ", "))")
            case .mark(let mark, let family):
                text.add("   FWMARK = \(mark)")
                let count = alive[nil] ?? 0
                let (four, six) = family == .ipv6 ? (0, count) : (count, 0)
                text.add("     Alive: \(four) IPv4, \(six) IPv6")
            }
            text.add("     reloaded = False")
        }
    }

    // MARK: Words

    private func forwarding(of block: CheckedBlock) -> String {
        guard let (method, tunnel) = block.forwarding("lb_kind") else { return "NAT" }
        return method.dumped(tunnel)
    }

    /// The numbers of whom a program runs as.
    func numbers(of account: Value.Account?) -> String {
        words.user(of: account, accounts).map { "\($0.id):\($0.group)" } ?? "0:0"
    }
}

extension Value.Script {
    /// Its words, each in quotes.
    var quoted: String { arguments.map { "'\($0)'" }.joined(separator: " ") }
}

extension ForwardingMethod {
    /// The way of forwarding with all that belongs to a tunnel.
    fileprivate func dumped(_ tunnel: Tunnel) -> String {
        switch self {
        case .masquerade: return "NAT"
        case .tunnel: break
        default: return "DR"
        }
        let checksum =
            tunnel.checksum == .off ? "no checksum" : tunnel.checksum == .remote ? "remote checksum" : "checksum"
        switch tunnel.kind {
        case .gre: return "TUN, type = GRE, \(checksum)"
        case .gue: return "TUN, type = GUE, port = \(tunnel.port), \(checksum)"
        default: return "TUN, type = IPIP"
        }
    }
}
