import Addresses
import Configuration
import Dialogues
import Digests
import IPVS

// Checks, and the files that they follow.

extension StateDump {
    /// A check as it is written in the file, with the checks that were made of it.
    private struct Written {
        let pool: ReadPool
        let server: RealServer
        let defaults: CheckDefaults
        let block: CheckedBlock
        /// The block that says where it goes: its own, or that of one of its hosts.
        let place: CheckedBlock
        let checks: [ServerCheck]
        let states: [CheckState]

        /// The server behind its virtual server.
        var title: String { "\(pool.virtual.voiceName) -> \(pool.virtual.voiceName(of: server))" }
    }

    func addChecks(to text: inout DumpText, _ states: [PoolState]) {
        let written = zip(pools, states).flatMap { self.written(in: $0, $1) }
        guard !written.isEmpty else { return }
        text.add("------< Health checkers >------")
        for check in written { add(check, to: &text) }
    }

    private func written(in pool: ReadPool, _ state: PoolState) -> [Written] {
        let outer = CheckDefaults(of: pool.block, inheriting: CheckDefaults())
        return zip(zip(pool.virtual.realServers, pool.serverBlocks), state.servers).flatMap { pair, state in
            let (server, block) = pair
            let defaults = CheckDefaults(of: block, inheriting: outer)
            var rest = zip(server.checks, state.checks).map { $0 }[...]
            var all: [Written] = []
            func take(_ count: Int, _ block: CheckedBlock, _ place: CheckedBlock) {
                let taken = rest.prefix(count)
                rest = rest.dropFirst(count)
                all.append(
                    Written(
                        pool: pool,
                        server: server,
                        defaults: defaults,
                        block: block,
                        place: place,
                        checks: taken.map(\.0),
                        states: taken.map(\.1)
                    )
                )
            }
            for check in block.entries.compactMap(\.block) {
                switch check.scope {
                case .httpCheck, .tlsCheck: take(check.all("url").count, check, check)
                case .smtpCheck:
                    take(1, check, check)
                    for host in check.blocks("host") { take(1, check, host) }
                case .tcpCheck, .dnsCheck, .miscCheck, .udpCheck, .pingCheck, .fileCheck: take(1, check, check)
                default: break
                }
            }
            return all
        }
    }

    private func add(_ written: Written, to text: inout DumpText) {
        let (block, isUp) = (written.block, written.states.allSatisfy { $0.isUp ?? true })
        text.add(" \(written.title)")
        text.add("Enabled", true.yesNo)
        let alpha = block.boolean("alpha") ?? written.defaults.tellsFirstSuccess
        let isKnown = written.states.allSatisfy { $0.isUp != nil }
        text.add("Up", (isKnown ? isUp : isUp && !alpha).yesNo)
        text.add("Has run", written.states.contains(where: \.hasRun).yesNo)
        text.add("Current weight", written.states.reduce(0) { $0 &+ $1.share })
        if block.scope != .fileCheck { addPace(of: written, alpha, to: &text) }
        // A file has no word for it, and is told of each time that it changes.
        let tellsAll =
            block.scope == .fileCheck
            ? words.globals.boolean("checker_log_all_failures") ?? false
            : written.checks.contains(where: \.tellsEachFailure)
        text.add("Log all failures", tellsAll.yesNo)
        addConnection(of: written, to: &text)
        addMethod(of: written, to: &text)
    }

    private func addPace(of written: Written, _ alpha: Bool, to text: inout DumpText) {
        let values = CheckDefaults(of: written.block, inheriting: written.defaults)
        let interval = values.interval ?? CheckFrame.usualInterval
        let usual = CheckFrame.Usual(of: written.block.scope)
        let retries = values.retries ?? usual.retries
        text.add("Alpha", alpha.yesNo)
        text.add("Delay loop", interval.dumpedMicroseconds)
        text.add("Warmup", (values.warmup ?? interval).dumpedMicroseconds)
        text.add("Retries", retries)
        if retries > 0 {
            let delay = values.delayBeforeRetry ?? usual.delayBeforeRetry ?? interval
            text.add("Delay before retry", delay.dumpedMicroseconds)
            text.add("Retries iterations", retries)
        }
        text.add("Default delay before retry", (usual.delayBeforeRetry ?? .zero).dumpedMicroseconds)
    }

    private func addConnection(of written: Written, to text: inout DumpText) {
        guard written.block.scope != .miscCheck, written.block.scope != .fileCheck,
            let probe = written.checks.first?.probe
        else { return }
        text.add("   Connection")
        text.add("Dest", probe.target.bracketed, indent: 5)
        if let address = probe.origin?.address {
            text.add("Bind to", Endpoint(address: address, port: probe.origin?.port ?? 0).bracketed, indent: 5)
        }
        if let interface = probe.origin?.interface { text.add("Bind i/f", interface, indent: 5) }
        if let mark = probe.origin?.mark { text.add("Mark", mark, indent: 5) }
        text.add("Timeout", probe.timeout.dumpedSeconds, indent: 5)
    }

    private func addMethod(of written: Written, to text: inout DumpText) {
        let block = written.block
        switch block.scope {
        case .httpCheck, .tlsCheck:
            let version = (block.text("http_protocol") ?? "1.0").uppercased()
            text.add("Keepalive method", "\(block.keyword.text), http protocol \(version)")
            if let host = block.text("virtualhost") { text.add("Virtualhost", host) }
            text.add("   Enable SNI \(block.boolean("enable_sni") ?? false ? "" : "un")set")
            text.add("   Fast recovery \(block.boolean("fast_recovery") ?? false ? "" : "un")set")
            for url in block.blocks("url") { addPage(url, to: &text) }
        case .smtpCheck:
            text.add("Keepalive method", "SMTP_CHECK")
            text.add("helo", block.text("helo_name") ?? ConfigurationAssembly.usualGreeting)
        case .dnsCheck:
            text.add("Keepalive method", "DNS_CHECK")
            text.add("Type", block.text("type")?.uppercased() ?? "SOA")
            // The root has no name of its own there.
            text.add("Name", block.text("name").map { $0 == "." ? "" : $0 } ?? "")
        case .miscCheck: addProgram(of: written, to: &text)
        case .udpCheck: addDatagram(block, to: &text)
        case .fileCheck:
            text.add("Keepalive method", "FILE_CHECK")
            text.add("Tracked file", block.text("track_file") ?? "", indent: 5)
            text.add("Reloaded", "No", indent: 5)
        default: text.add("Keepalive method", block.keyword.text)
        }
    }

    private func addPage(_ url: CheckedBlock, to text: inout DumpText) {
        text.add("Checked url", url.text("path") ?? "")
        if let digest = url.bytes("digest") {
            text.add("digest", Hexadecimal.encode(digest), indent: 5)
        }
        text.add("     HTTP Status Code(s)")
        let said = url.statuses("status_code")
        for word in (said.isEmpty ? HTTPStatusSet.successful : HTTPStatusSet(said)).words { text.add("       \(word)") }
        if let host = url.text("virtualhost") { text.add("Virtual host", host, indent: 5) }
        guard let pattern = url.text("regex") else { return }
        text.add("Regex", "\"\(pattern)\"", indent: 5)
        if url.has("regex_no_match") { text.add("     Regex no match") }
        if url.has("regex_min_offset") || url.has("regex_max_offset") {
            let (least, most) = (url.number("regex_min_offset") ?? 0, url.number("regex_max_offset") ?? 0)
            text.add("     Regex min offset = \(least), max_offset = \(most)")
        }
        let options = url.all("regex_options").flatMap(\.values).compactMap { value in
            if case .text(let name) = value.value { name } else { nil }
        }
        text.add("     Regex options:\(options.map { " \($0)" }.joined())")
        text.add("Regex ref count", 1, indent: 5)
    }

    private func addProgram(of written: Written, to text: inout DumpText) {
        let block = written.block
        text.add("Keepalive method", "MISC_CHECK")
        text.add("script", block.script("misc_path")?.quoted ?? "")
        text.add("timeout", block.number("misc_timeout") ?? 0)
        text.add("dynamic", block.boolean("misc_dynamic") ?? false ? "YES" : "NO")
        text.add("   uid:gid = \(numbers(of: block.account("user")))")
        text.add("Last ran", "0.000000 (Thu Jan  1 00:00:00 1970.000000)")
        text.add("Last status", 0)
    }

    private func addDatagram(_ block: CheckedBlock, to text: inout DumpText) {
        text.add("Keepalive method", "UDP_CHECK")
        if let bytes = block.bytes("payload") {
            text.add("Payload len", bytes.count)
        } else {
            text.add("Payload specified", "no")
        }
        guard let pattern = block.reply("require_reply") else { return text.add("Require reply", "no") }
        text.add("Require reply", "yes")
        text.add("Min reply length", block.number("min_reply_length") ?? 0, indent: 5)
        text.add("Max reply length", block.number("max_reply_length") ?? 255, indent: 5)
        text.add("Reply data len", pattern.bytes.count, indent: 5)
        if !pattern.mask.allSatisfy({ $0 == 0xff }) { text.add("Reply data mask", "yes", indent: 5) }
    }

    // MARK: Tracked files

    func addTrackedFiles(to text: inout DumpText, _ states: [PoolState]) {
        let files = words.file.all("track_file").compactMap { entry in
            entry.block.flatMap { block in entry.text.map { (name: $0, block: block) } }
        }
        guard !files.isEmpty else { return }
        text.add("------< Checker track files >------")
        for (name, block) in files {
            text.add(" Track file = \(name)")
            text.add("File", block.text("file") ?? "")
            text.add("Status", status(ofFile: name, states))
            text.add("Weight", weightText(block, of: nil))
            text.add("   Tracking instances :")
            for pool in pools {
                for (server, own) in zip(pool.virtual.realServers, pool.serverBlocks) {
                    for check in own.blocks("FILE_CHECK") where check.text("track_file") == name {
                        let title = "\(pool.virtual.voiceName) -> \(pool.virtual.voiceName(of: server))"
                        text.add("     \(title), weight \(weightText(block, of: check))")
                    }
                }
            }
        }
    }

    /// The number in a file, as far as the weight that it gives tells.
    private func status(ofFile name: String, _ states: [PoolState]) -> Int64 {
        for check in zip(pools, states).flatMap({ written(in: $0, $1) }) where check.block.text("track_file") == name {
            guard case .share(let perUnit)? = check.checks.first?.weightRule, perUnit != 0,
                let share = check.states.first?.share
            else { continue }
            return share / Int64(perUnit)
        }
        return 0
    }

    /// `load, weight 2`.
    func weight(of check: CheckedBlock) -> String {
        let name = check.text("track_file") ?? ""
        let file = words.file.all("track_file").last { $0.text == name }?.block
        return "\(name), weight \(weightText(file, of: check))"
    }

    /// What a file weighs for a check, or where nothing says otherwise: `1 reverse`.
    private func weightText(_ file: CheckedBlock?, of check: CheckedBlock?) -> String {
        var weight = FileWeight()
        for block in [file, check].compactMap({ $0 }) { weight.take(block.entry("weight")) }
        return weight.text
    }
}
