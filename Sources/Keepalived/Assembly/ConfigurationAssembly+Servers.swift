import Addresses
import Configuration
import IPVS

// Real servers, the sorry server, and how much of them is enough.
extension ConfigurationAssembly {
    /// The servers of a virtual server with their blocks; one that is written twice counts once.
    ///
    /// - Parameter isForTroubleOnly: whether the service itself is wrong, so that nothing is compared with it.
    mutating func realServers(of frame: ServiceFrame, isForTroubleOnly: Bool) -> [ReadServer] {
        let inherited = CheckDefaults(of: frame.block, inheriting: CheckDefaults())
        var servers: [ReadServer] = []
        var places: [Endpoint: Word] = [:]
        for entry in frame.block.all("real_server") {
            guard let block = entry.block else { continue }
            guard let server = realServer(entry, block, frame, inherited, isForTroubleOnly) else { continue }
            let endpoint = server.destination(in: frame.service).endpoint
            if let first = places[endpoint] {
                noteDuplicate(entry, block, first)
                continue
            }
            places[endpoint] = entry.place
            servers.append(ReadServer(server: server, block: block))
        }
        return servers
    }

    private mutating func noteDuplicate(_ entry: CheckedBlock.Entry, _ block: CheckedBlock, _ first: Word) {
        let hasChecks = block.entries.contains { $0.block != nil }
        findings.warning(
            "the same server twice, and the first counts" + (hasChecks ? ": the checks of this one are lost" : ""),
            at: entry.place,
            note: "The first is in line \(first.place.line)."
        )
    }

    private mutating func realServer(
        _ entry: CheckedBlock.Entry,
        _ block: CheckedBlock,
        _ frame: ServiceFrame,
        _ inherited: CheckDefaults,
        _ isForTroubleOnly: Bool
    ) -> RealServer? {
        var (address, port): (IPAddress, UInt16?) = (.any(.ipv4), nil)
        let name = entry.values.first
        if case .endpoint(let written, let number)? = name?.value { (address, port) = (written, number) }
        let (forwarding, tunnel) = block.forwarding("lvs_method") ?? (frame.forwarding, frame.tunnel)
        var server = RealServer(address: address, port: port == 0 ? nil : port, forwarding: forwarding)
        server.tunnel = tunnel
        server.weight = block.number("weight").map { Int32(clamping: $0) } ?? frame.weight
        server.place = place(of: block.keyword)
        readThresholds(of: block, into: &server)
        let isQuiesced = block.boolean("inhibit_on_failure") ?? inherited.isQuiesced
        server.whenDown = isQuiesced ? .quiesced : .removed
        server.notices = StateNotices(up: notice(block, "notify_up"), down: notice(block, "notify_down"))
        server.isMailed =
            block.boolean("smtp_alert") ?? isMailedByDefault ?? true
        let defaults = CheckDefaults(of: block, inheriting: inherited)
        server.tellsFirstSuccess = defaults.tellsFirstSuccess || words.globals.boolean("rs_init_notifies") ?? false
        server.checks = checks(of: block, server, frame, defaults)
        guard let name else { return nil }
        if !isForTroubleOnly {
            guard isReachable(address, forwarding, frame, at: name.word) else { return nil }
            notePort(of: server, name, frame)
        }
        if case .group = frame.identity, forwarding != .masquerade { server.namedPort = server.port }
        // Its checks go to the written port, which it does not have behind a mark.
        if forwarding != .masquerade, frame.hasMarks { server.port = nil }
        return server
    }

    private mutating func readThresholds(of block: CheckedBlock, into server: inout RealServer) {
        server.upperThreshold = UInt32(clamping: block.number("uthreshold") ?? 0)
        server.lowerThreshold = UInt32(clamping: block.number("lthreshold") ?? 0)
        guard server.lowerThreshold > server.upperThreshold, let entry = block.entry("lthreshold"),
            !block.hasFailed("uthreshold")
        else { return }
        findings.error(
            "the lower threshold is above the upper one",
            at: entry.place,
            note: "The kernel refuses such a server."
        )
    }

    /// Whether packets of a service come to an address by a way of forwarding.
    private mutating func isReachable(
        _ address: IPAddress,
        _ forwarding: ForwardingMethod,
        _ frame: ServiceFrame,
        at place: Word
    ) -> Bool {
        guard forwarding != .tunnel, !frame.families.contains(address.family) else { return true }
        findings.error("\(address) is of another family than the service", at: place, expected: "a tunnel")
        return false
    }

    /// Tells of a port that is none in the kernel.
    private mutating func notePort(of server: RealServer, _ name: ReadValue, _ frame: ServiceFrame) {
        guard server.forwarding != .masquerade, let port = server.port, let word = name.others.first else { return }
        guard !frame.ports.isEmpty else {
            findings.warning(
                "without translation a server of a mark has no port, and this one is not used",
                at: word
            )
            return
        }
        guard !frame.ports.contains(port) else { return }
        let only = frame.ports.count == 1 && !frame.hasMarks ? frame.ports.first : nil
        findings.warning(
            "without translation a server has the port of the service" + (only.map { ", \($0)" } ?? ""),
            at: word,
            note: server.checks.isEmpty ? nil : "Its checks go to port \(port) unless they say another one."
        )
    }

    mutating func quorum(of block: CheckedBlock, _ servers: [RealServer]) -> Quorum {
        let total = servers.reduce(into: Int64(0)) { $0 += Int64($1.weight) }
        var weight = block.number("quorum") ?? 1
        var hysteresis = block.number("hysteresis") ?? 0
        if weight > max(total, 1), let entry = block.entry("quorum") {
            weight = max(total, 1)
            findings.warning(
                "a quorum of more than the weights of all servers, and \(weight) taken",
                at: entry.place,
                note: "They have \(total) together."
            )
        }
        if hysteresis >= weight, let entry = block.entry("hysteresis") {
            hysteresis = weight - 1
            findings.warning("a hysteresis that is not less than the quorum, and \(hysteresis) taken", at: entry.place)
        }
        return Quorum(weight: UInt32(clamping: weight), hysteresis: UInt32(clamping: hysteresis))
    }

    /// The sorry server with the words that stand behind it.
    mutating func standby(of frame: ServiceFrame) -> Standby? {
        var standby: Standby?
        var name: ReadValue?
        for entry in frame.block.entries {
            switch entry.rule.meaning {
            case "sorry_server":
                guard let value = entry.values.first, case .endpoint(let address, let port) = value.value else {
                    continue
                }
                // Without a port it has port 0 where addresses are translated, as it has with keepalived.
                var server = RealServer(address: address, port: port ?? 0, forwarding: frame.forwarding)
                server.tunnel = frame.tunnel
                server.place = place(of: entry.keyword)
                standby = Standby(server)
                name = value
            case "sorry_server_inhibit":
                guard standby != nil else {
                    findings.warning("sorry_server_inhibit does nothing before sorry_server", at: entry.keyword)
                    continue
                }
                standby?.staysWithoutWeight = true
            case "sorry_server_lvs_method":
                guard standby != nil else {
                    findings.warning("sorry_server_lvs_method does nothing before sorry_server", at: entry.keyword)
                    continue
                }
                guard case .forwarding(let method, let tunnel)? = entry.values.first?.value else { continue }
                standby?.server.forwarding = method
                standby?.server.tunnel = tunnel
            default: break
            }
        }
        guard var standby, let name else { return nil }
        guard isReachable(standby.server.address, standby.server.forwarding, frame, at: name.word) else { return nil }
        notePort(of: standby.server, name, frame)
        if standby.server.forwarding != .masquerade, frame.hasMarks { standby.server.port = nil }
        return standby
    }
}
