import Addresses
import Configuration
import IPVS

// Checks of a server.
extension ConfigurationAssembly {
    mutating func checks(
        of block: CheckedBlock,
        _ server: RealServer,
        _ frame: ServiceFrame,
        _ defaults: CheckDefaults
    ) -> [ServerCheck] {
        let frame = CheckFrame(
            server: server,
            port: server.port ?? frame.checkPort,
            defaults: defaults,
            tellsEachFailure: words.globals.boolean("checker_log_all_failures") ?? false
        )
        return block.entries.flatMap { entry -> [ServerCheck] in
            guard let block = entry.block else { return [] }
            switch block.scope {
            case .httpCheck, .tlsCheck: return pageChecks(block, frame)
            case .smtpCheck: return mailChecks(block, frame)
            default: return singleCheck(block, frame).map { [$0] } ?? []
            }
        }
    }

    /// The check of a block that has but one; nil where it has none, which has been told.
    private mutating func singleCheck(_ block: CheckedBlock, _ frame: CheckFrame) -> ServerCheck? {
        switch block.scope {
        case .tcpCheck: return check(.connect, block, frame)
        case .pingCheck: return check(.echo(bytes: Self.echoBytes), block, frame, needsPort: false)
        case .dnsCheck: return nameCheck(block, frame)
        case .miscCheck: return programCheck(block, frame)
        case .udpCheck: return datagramCheck(block, frame)
        case .fileCheck: return fileCheck(block, frame)
        default:
            findings.error(
                "BFD_CHECK cannot be made: this director speaks no BFD",
                at: block.keyword,
                expected: "TCP_CHECK or PING_CHECK"
            )
            return nil
        }
    }

    /// The bytes that an echo has behind its head.
    private static let echoBytes = 128

    /// A check by a method over the network; nil where it has no target, which has been told.
    mutating func check(
        _ method: HealthCheck.Method,
        _ block: CheckedBlock,
        _ frame: CheckFrame,
        needsPort: Bool = true
    ) -> ServerCheck? {
        guard let target = target(block, frame, needsPort: needsPort) else { return nil }
        let probe = HealthCheck(
            method: method,
            target: target,
            timeout: frame.timeout(block),
            origin: origin(block, target)
        )
        return frame.check(probe, block)
    }

    /// Where a check goes.
    mutating func target(_ block: CheckedBlock, _ frame: CheckFrame, needsPort: Bool) -> Endpoint? {
        let address = block.address("connect_ip") ?? frame.server.address
        let port = block.port("connect_port") ?? frame.port
        if port == 0, needsPort, !block.mentions("connect_port") {
            findings.warning(
                "the server has no port, and the check goes to port 0, which nobody answers",
                at: block.keyword,
                expected: "connect_port"
            )
        }
        if case .v6(let v6) = address, v6.isLinkLocal, !block.mentions("bind_if") {
            findings.error(
                "a check of an address of a link needs its interface",
                at: block.entry("connect_ip")?.place ?? block.keyword,
                expected: "bind_if",
                note: "keepalived has no target for it."
            )
            return nil
        }
        return Endpoint(address: address, port: port)
    }

    /// Where a check comes from; nil where that is left to the kernel.
    mutating func origin(_ block: CheckedBlock, _ target: Endpoint) -> ProbeOrigin? {
        var origin = ProbeOrigin()
        if let address = block.address("bindto") {
            if address.family == target.address.family {
                origin.address = address
            } else if let entry = block.entry("bindto") {
                findings.error("\(address) is of another family than \(target.address)", at: entry.place)
            }
        }
        origin.port = block.port("bind_port")
        origin.interface = block.text("bind_if")
        origin.mark = block.number("fwmark").flatMap { $0 == 0 ? nil : UInt32(clamping: $0) }
        return origin == ProbeOrigin() ? nil : origin
    }

    private mutating func nameCheck(_ block: CheckedBlock, _ frame: CheckFrame) -> ServerCheck? {
        let type = block.text("type").flatMap { DNSRecordType(word: $0) } ?? .startOfAuthority
        let dialogue = Negotiation.Dialogue.dnsStatus(name: block.text("name") ?? ".", type)
        return check(.negotiate(Negotiation(dialogue)), block, frame)
    }

    private mutating func datagramCheck(_ block: CheckedBlock, _ frame: CheckFrame) -> ServerCheck? {
        let payload = block.bytes("payload") ?? DatagramRule.usualPayload
        var rule = DatagramRule()
        if let pattern = block.reply("require_reply") {
            rule.needsReply = true
            if !pattern.bytes.isEmpty {
                rule.beginning = DatagramRule.Mask(pattern.bytes, significant: pattern.mask)
            }
            let shortest = Int(clamping: block.number("min_reply_length") ?? 0)
            // keepalived looks at lengths only where there is a pattern: its usual most must take out nobody else.
            let usual = rule.beginning == nil ? 65_535 : 255
            let longest = Int(clamping: block.number("max_reply_length") ?? Int64(usual))
            guard shortest <= longest else {
                if let entry = block.entry("min_reply_length") ?? block.entry("max_reply_length") {
                    findings.error("no reply has at least \(shortest) and at most \(longest) bytes", at: entry.place)
                }
                return nil
            }
            rule.lengths = shortest...longest
        } else {
            for name in ["min_reply_length", "max_reply_length"] {
                guard let entry = block.entry(name) else { continue }
                findings.warning("\(name) does nothing without require_reply", at: entry.keyword)
            }
        }
        return check(.negotiate(Negotiation(.datagram(payload, rule))), block, frame)
    }

    /// The name that mail servers are greeted with where the file says none.
    static let usualGreeting = "smtpchecker.keepalived.org"

    private mutating func mailChecks(_ block: CheckedBlock, _ frame: CheckFrame) -> [ServerCheck] {
        let name = block.text("helo_name") ?? Self.usualGreeting
        let method = HealthCheck.Method.negotiate(Negotiation(.smtpHello(name: name)))
        var checks = check(method, block, frame).map { [$0] } ?? []
        // The server itself is asked beside its hosts.
        for host in block.all("host") {
            guard let inner = host.block, let target = target(inner, frame, needsPort: true) else { continue }
            let probe = HealthCheck(
                method: method,
                target: target,
                timeout: inner.timeout ?? frame.timeout(block),
                origin: origin(inner, target)
            )
            checks.append(frame.check(probe, block))
        }
        return checks
    }

    private mutating func fileCheck(_ block: CheckedBlock, _ frame: CheckFrame) -> ServerCheck? {
        guard let entry = block.entry("track_file"), let name = entry.text else {
            if !block.mentions("track_file") {
                findings.error("the track_file of the check is missing", at: block.keyword, expected: "track_file NAME")
            }
            return nil
        }
        guard let file = trackFiles[name] else {
            if trackFileNames.contains(name) { return nil }
            findings.error("there is no track_file \(name)", at: entry.place)
            return nil
        }
        guard file.isBefore(block) else {
            findings.error("the track_file \(name) must stand before what uses it", at: entry.place)
            return nil
        }
        var weight = file.weight
        weight.take(block.entry("weight"))
        let target = Endpoint(address: frame.server.address, port: frame.port)
        let probe = HealthCheck(method: .file(file.tracked), target: target, timeout: frame.timeout(block))
        var check = ServerCheck(probe, pace: Pace(interval: CheckFrame.usualInterval))
        // One number decides, and nobody is told of it twice.
        check.tellsEachFailure = false
        check.weightRule = weight.rule
        return check
    }
}

extension TrackFile {
    /// Whether it stands before a block in the order of reading.
    fileprivate func isBefore(_ block: CheckedBlock) -> Bool { order < block.order }
}
