import Addresses
import Configuration
import Digests
import IPVS

// Checks.

extension WrittenConfiguration {
    /// The block of a check; none where the language has none of the kind, which is noted.
    mutating func check(_ check: ServerCheck, of server: RealServer) -> [WrittenStatement] {
        if check.riseCount > 1 { lose("a risecount: a check has passed with its first success") }
        switch check.probe.method {
        case .connect: return [network("TCP_CHECK", check, server)]
        case .echo(bytes: 128): return [network("PING_CHECK", check, server, hasPort: false)]
        case .ping(let attempts):
            if attempts > 1 { change("one ping in the place of \(attempts) at most") }
            return [network("PING_CHECK", check, server, hasPort: false)]
        case .negotiate(let negotiation): return dialogue(negotiation, check, server)
        case .external(let external): return program(external, check)
        case .file(let file): return tracked(file, check)
        case .echo: lose("an echo of another length than 128 bytes")
        case .alwaysDown: lose("a server that is never up")
        case .combined: lose("connections and dialogues in turn")
        }
        return []
    }

    private mutating func dialogue(
        _ negotiation: Negotiation,
        _ check: ServerCheck,
        _ server: RealServer
    ) -> [WrittenStatement] {
        switch negotiation.dialogue {
        case .http(let request): return page(request, negotiation.security, check, server)
        case .smtpHello(let name) where negotiation.security == nil:
            return [network("SMTP_CHECK", check, server, statement("helo_name", name))]
        case .smtp(startsTLS: false) where negotiation.security == nil:
            change("the mail server is greeted with HELO, not with EHLO")
            return [network("SMTP_CHECK", check, server)]
        case .dnsStatus(let name, let type):
            let own = [WrittenStatement("type", .word(type.rawValue))] + statement("name", name)
            return [network("DNS_CHECK", check, server, own)]
        case .dns(let name, .udp, nil):
            change("any answer without an error passes, also one without an address")
            let own = [WrittenStatement("type", .word(DNSRecordType.address.rawValue))] + statement("name", name)
            return [network("DNS_CHECK", check, server, own)]
        case .datagram(let payload, let rule): return [network("UDP_CHECK", check, server, datagram(payload, rule))]
        case .dns: lose("a check of DNS over TCP, or of what is answered")
        case .smtp, .smtpHello: lose("a check of SMTP with TLS")
        case .tls: lose("a check of TLS without a page")
        case .pop, .imap, .ftp, .nntp, .ldap, .mysql, .postgreSQL, .radius, .simpleTCP, .sip:
            lose("a check by the protocol of the service")
        }
        return []
    }

    /// A check over the network, with what all of these have.
    mutating func network(
        _ keyword: String,
        _ check: ServerCheck,
        _ server: RealServer,
        _ own: [WrittenStatement] = [],
        hasPort: Bool = true
    ) -> WrittenStatement {
        let probe = check.probe
        var block: [WrittenStatement] = []
        if probe.target.address != server.address {
            block.append(WrittenStatement("connect_ip", .word("\(probe.target.address)")))
        }
        if hasPort || probe.target.port != 0 {
            if probe.target.port == 0 {
                change("a check of port 0")
            } else {
                block.append(WrittenStatement("connect_port", .number(Int64(probe.target.port))))
            }
        }
        if let address = probe.origin?.address { block.append(WrittenStatement("bindto", .word("\(address)"))) }
        if let port = probe.origin?.port { block.append(WrittenStatement("bind_port", .number(Int64(port)))) }
        if let name = probe.origin?.interface { block.append(WrittenStatement("bind_if", .text(name))) }
        if let mark = probe.origin?.mark { block.append(WrittenStatement("fwmark", .number(Int64(mark)))) }
        if probe.timeout >= TimeRange.noTimeout { lose("a timeout of more than 4294 s") }
        block.append(WrittenStatement("connect_timeout", .time(probe.timeout)))
        if check.weightRule != .none { lose("a weight by the result of such a check") }
        return WrittenStatement(keyword, block: own + block + pace(of: check))
    }

    /// How often a check is made, and what is told of it.
    private func pace(of check: ServerCheck) -> [WrittenStatement] {
        let pace = check.pace
        return [
            WrittenStatement("delay_loop", .time(pace.interval)),
            WrittenStatement("retry", .number(Int64(check.failureCount - 1))),
            WrittenStatement("delay_before_retry", .time(pace.afterFailure ?? pace.interval)),
            WrittenStatement("warmup", .time(pace.spread ?? pace.interval)),
            WrittenStatement("log_all_failures", .boolean(check.tellsEachFailure)),
        ]
    }

    private func datagram(_ payload: [UInt8], _ rule: DatagramRule) -> [WrittenStatement] {
        var statements: [WrittenStatement] = []
        if payload != DatagramRule.usualPayload {
            statements.append(WrittenStatement("payload", .word(Hexadecimal.encode(payload))))
        }
        guard rule.needsReply else { return statements }
        let pattern = rule.beginning.map(\.digits)
        statements.append(WrittenStatement("require_reply", values: pattern.map { [.word($0)] } ?? []))
        statements.append(WrittenStatement("min_reply_length", .number(Int64(rule.lengths.lowerBound))))
        statements.append(WrittenStatement("max_reply_length", .number(Int64(rule.lengths.upperBound))))
        return statements
    }

    private mutating func program(_ external: ExternalCheck, _ check: ServerCheck) -> [WrittenStatement] {
        guard external.kind == .program, external.environment.isEmpty else {
            lose(external.kind == .program ? "an environment of a program" : "a check by a file of Perl")
            return []
        }
        var block = [
            WrittenStatement("misc_path", .script(WrittenText.commandLine([external.program] + external.arguments)))
        ]
        if let user = external.user {
            if let account = accounts[user] {
                let group = account.group.map { [WrittenValue.text($0)] } ?? []
                block.append(WrittenStatement("user", values: [.text(account.user)] + group))
            } else {
                lose("the user \(user.id) of a program, who has no name")
            }
        }
        let timeout = check.probe.timeout
        if timeout != check.pace.interval || timeout.components.attoseconds == 0 {
            if timeout.components.attoseconds != 0 { change("the time of a program in whole seconds") }
            block.append(WrittenStatement("misc_timeout", .number(max(1, timeout.components.seconds))))
        }
        if check.weightRule == .exitStatus(minus: 2), external.failingStatuses == 1...1 {
            block.append(WrittenStatement("misc_dynamic"))
        } else if check.weightRule != .none || external.failingStatuses != 1...255 {
            lose("other statuses of a program than 0, or 2 and above for a weight")
        }
        return [WrittenStatement("MISC_CHECK", block: block + pace(of: check))]
    }

    private mutating func tracked(_ file: TrackedFile, _ check: ServerCheck) -> [WrittenStatement] {
        let (weight, sign): (Int32, String)
        switch check.weightRule {
        case .share(let perUnit): (weight, sign) = (perUnit, "noreverse")
        case .gate(let opensAtZero): (weight, sign) = (0, opensAtZero ? "noreverse" : "reverse")
        case .none, .exitStatus:
            lose("a file that does not weigh on its server")
            return []
        }
        var name = trackedFiles[file] ?? ""
        if name.isEmpty {
            var number = trackedFiles.count + 1
            while fileNames.contains("file\(number)") { number += 1 }
            name = "file\(number)"
            define(file, name)
        }
        let own = [
            WrittenStatement("track_file", .plain(name)),
            WrittenStatement("weight", .number(Int64(weight)), .word(sign)),
        ]
        return [WrittenStatement("FILE_CHECK", block: own)]
    }

    /// Writes the block of a file, which has that name from then on.
    mutating func define(_ file: TrackedFile, _ name: String) {
        var block = statement("file", file.path)
        if let beginning = file.beginning {
            let overwrites: [WrittenValue] = beginning.overwrites ? [.word("overwrite")] : []
            block.append(WrittenStatement("init_file", values: [.number(Int64(beginning.value))] + overwrites))
        }
        trackedFiles[file] = name
        fileNames.insert(name)
        definitions.append(WrittenStatement("track_file", .plain(name), block: block))
    }
}

extension DatagramRule.Mask {
    /// Two hexadecimal digits for each byte, `X` for a half of it that does not count.
    fileprivate var digits: String {
        let halves = significant.flatMap { [$0 >> 4, $0 & 0xf] }
        return String(zip(Hexadecimal.encode(bytes), halves).map { $1 == 0 ? "X" : $0 })
    }
}
