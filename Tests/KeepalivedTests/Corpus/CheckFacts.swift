import Addresses
import Configuration
import Foundation
import IPVS

/// A check by all that decides about it, for comparison.
struct CheckFacts: Hashable, CustomStringConvertible {
    private var facts: [String: String] = [:]

    var description: String { facts.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ") }

    private mutating func note(_ name: String, _ value: (some CustomStringConvertible)?) {
        if let value { facts[name] = value.description }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String(format: "%02x", $0) }.joined()
    }

    // MARK: As recorded

    /// The checks that a recorded one comes to: one for each url.
    static func all(
        of check: Recording.Check,
        _ server: Recording.Server,
        _ service: Recording.Service,
        _ recording: Recording
    ) -> [CheckFacts] {
        guard let urls = check.urls else {
            var facts = CheckFacts(check)
            if let file = recording.track_files?.first(where: { $0.name == check.track_file }) {
                facts.note("file", file.file)
                let holder = file.holders.first { $0.server == server.server }
                facts.note("share", holder.map { $0.reverse ? -$0.weight : $0.weight })
            }
            return [facts]
        }
        return urls.map { url in
            var facts = CheckFacts(check)
            facts.note("path", url.path)
            let host = url.virtualhost ?? check.virtualhost ?? server.virtualhost ?? service.virtualhost
            facts.note("host", host ?? hostAndPort(check.target ?? ""))
            facts.note("statuses", url.statuses.map { $0.contains("-") ? $0 : "\($0)-\($0)" }.joined(separator: ","))
            facts.note("digest", url.digest)
            facts.note("regex", url.regex)
            facts.note("negated", url.regex_no_match == true ? true : nil)
            facts.note("from", url.regex_min_offset)
            facts.note("to", url.regex_max_offset)
            facts.note("version", check.http_protocol)
            facts.note("tls", check.type == "SSL_GET" ? true : nil)
            facts.note("sni", check.sni == true ? host : nil)
            return facts
        }
    }

    /// `10.9.1.11:80` or `[fd00::1]:80` of `[10.9.1.11]:80`.
    private static func hostAndPort(_ target: String) -> String {
        let inner = target.dropFirst().prefix { $0 != "]" }
        return inner.contains(":") ? target : String(inner + target.drop { $0 != "]" }.dropFirst())
    }

    private init(_ check: Recording.Check) {
        note("type", check.type == "SSL_GET" ? "HTTP_GET" : check.type)
        note("file", check.track_file)
        if check.type == "FILE_CHECK" { return }
        note("target", check.target)
        note("bindto", check.bind_to)
        note("interface", check.bind_if)
        note("mark", check.fwmark)
        // An interval of microseconds is a load, and one of ages overflows clocks.
        note("delay_loop", check.delay_loop_us.map { min(max($0, 1_000), Self.longest) })
        note("warmup", check.warmup_us.map { min($0, Self.longest) })
        note("retry", check.retry)
        if check.retry != 0 { note("delay_before_retry", check.delay_before_retry_us) }
        note("tells", check.log_all_failures ?? false)
        note("helo", check.helo_name)
        note("dns", check.dns_type.map { "\($0) \(check.name ?? ".")" })
        if let seconds = check.misc_timeout_s {
            note("timeout", seconds == 0 ? check.delay_loop_us : seconds * 1_000_000)
            note("script", check.script)
            note("dynamic", check.dynamic)
            note("user", "\(check.uid ?? 0) \(check.gid ?? 0)")
        } else {
            note("timeout", check.timeout_us)
        }
        guard check.type == "UDP_CHECK" else { return }
        note("payload", check.payload_length ?? 32)
        note("reply", check.require_reply)
        guard check.require_reply == true else { return }
        // Without a pattern keepalived does not look at lengths, so that the most that nobody wrote is none.
        let most = check.max_reply_length ?? 0
        let isOpen = most == 255 && (check.reply_data_length ?? 0) == 0
        note("lengths", "\(check.min_reply_length ?? 0)-\(isOpen ? 65_535 : most)")
        note("begins", check.reply_data_length)
    }

    private static let longest: UInt64 = 100 * 365 * 86_400 * 1_000_000

    // MARK: As configured

    init(_ check: ServerCheck) {
        let probe = check.probe
        if case .file(let file) = probe.method {
            note("type", "FILE_CHECK")
            note("file", file.path)
            switch check.weightRule {
            case .share(let share): note("share", share)
            case .gate: note("share", 0)
            case .none, .exitStatus: break
            }
            return
        }
        note("bindto", probe.origin?.address.map { "[\($0)]:\(probe.origin?.port ?? 0)" })
        note("interface", probe.origin?.interface)
        note("mark", probe.origin?.mark)
        note("delay_loop", Self.microseconds(check.pace.interval))
        note("warmup", check.pace.spread.map(Self.microseconds))
        note("retry", check.failureCount - 1)
        if check.failureCount > 1 { note("delay_before_retry", check.pace.afterFailure.map(Self.microseconds)) }
        note("tells", check.tellsEachFailure)
        note("timeout", Self.microseconds(probe.timeout))
        if case .external(let external) = probe.method {
            note(external, check.weightRule)
            return
        }
        note("target", "[\(probe.target.address)]:\(probe.target.port)")
        switch probe.method {
        case .connect: note("type", "TCP_CHECK")
        case .echo: note("type", "PING_CHECK")
        case .negotiate(let negotiation): note(negotiation)
        default: note("type", "\(probe.method)")
        }
    }

    private static func microseconds(_ time: Duration) -> UInt64 {
        let (seconds, attoseconds) = time.components
        return UInt64(seconds) * 1_000_000 + UInt64(attoseconds / 1_000_000_000_000)
    }

    private mutating func note(_ external: ExternalCheck, _ rule: WeightRule) {
        note("type", "MISC_CHECK")
        note("script", ([external.program] + external.arguments).map { "'\($0)'" }.joined(separator: " "))
        note("dynamic", rule == .exitStatus(minus: 2))
        note("user", "\(external.user?.id ?? 0) \(external.user?.group ?? 0)")
    }

    private mutating func note(_ negotiation: Negotiation) {
        switch negotiation.dialogue {
        case .http(let request):
            note("type", "HTTP_GET")
            note("path", request.target)
            note("host", request.host)
            note("statuses", request.statuses.ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ","))
            note("digest", request.digest.map(Self.hexadecimal))
            note("regex", request.pattern?.source)
            note("negated", request.pattern?.isNegated == true ? true : nil)
            if let offset = request.pattern?.minOffset, offset > 0 { note("from", offset) }
            note("to", request.pattern?.maxOffset)
            if case .keepAliveClient(let version) = request.client { note("version", version.rawValue) }
            note("tls", negotiation.security == nil ? nil : true)
            note("sni", negotiation.security?.serverName)
        case .smtpHello(let name):
            note("type", "SMTP_CHECK")
            note("helo", name)
        case .dnsStatus(let name, let type):
            note("type", "DNS_CHECK")
            note("dns", "\(type.rawValue) \(name)")
        case .datagram(let payload, let rule):
            note("type", "UDP_CHECK")
            note("payload", payload.count)
            note("reply", rule.needsReply)
            guard rule.needsReply else { return }
            note("lengths", "\(rule.lengths.lowerBound)-\(rule.lengths.upperBound)")
            note("begins", rule.beginning?.bytes.count ?? 0)
        default: note("type", "\(negotiation.dialogue)")
        }
    }
}
