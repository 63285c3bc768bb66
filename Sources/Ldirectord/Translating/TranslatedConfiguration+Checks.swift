import Addresses
import Configuration
import Digests
import IPVS
import Texts

// Checks.

extension TranslatedConfiguration {
    /// The lines of a service about the checks of its servers.
    mutating func checks(_ shape: CheckShape, _ service: VirtualService) -> [String] {
        guard let check = shape.check else { return ["\tchecktype=on"] }
        var lines = kind(of: check, shape, service)
        let interval = check.pace.interval
        if interval < .milliseconds(10) { lose("checks at an interval of less than 10 ms") }
        lines.append("\tcheckinterval=\(interval.secondsText)")
        let isDialogue = if case .negotiate = check.probe.method { true } else { false }
        lines.append("\t\(isDialogue ? "negotiatetimeout" : "checktimeout")=\(check.probe.timeout.secondsText)")
        lines.append("\tfailurecount=\(check.failureCount)")
        lines.append("\trisecount=\(check.riseCount)")
        return lines
    }

    private mutating func kind(of check: ServerCheck, _ shape: CheckShape, _ service: VirtualService) -> [String] {
        switch check.probe.method {
        case .connect:
            if service.key.transport == .udp { lose("a connection to a service of UDP: it would be a ping") }
            return ["\tchecktype=connect"]
        case .echo, .ping: return ["\tchecktype=ping"]
        case .external(let external): return program(external, service)
        case .negotiate(let negotiation): return dialogue(negotiation, shape)
        case .file: lose("a file that weighs on servers")
        case .alwaysDown: return ["\tchecktype=off"]
        case .combined: lose("connections and dialogues in turn")
        }
        return []
    }

    private mutating func program(_ external: ExternalCheck, _ service: VirtualService) -> [String] {
        if external.user != nil { change("the program runs as the user of the director") }
        if external.failingStatuses != 1...255 { lose("other statuses of a program than 0") }
        // A program is told the service and the server, and nothing else.
        if external.arguments.count != 4 || external.kind == .perlFile {
            lose("a program with arguments of its own")
        }
        return ["\tchecktype=external", "\tcheckcommand=\"\(quotable(external.program, "a program"))\""]
    }

    private mutating func dialogue(_ negotiation: Negotiation, _ shape: CheckShape) -> [String] {
        var lines = ["\tchecktype=negotiate"]
        switch negotiation.dialogue {
        case .http(let request):
            lines.append("\tservice=\(negotiation.security == nil ? "http" : "https")")
            lines.append("\thttpmethod=\(request.method.rawValue)")
            lines.append("\thttpstatus=\(request.statuses.words.joined(separator: ", "))")
            lines.append("\tredirect=\(request.redirects.rawValue)")
            if let digest = request.digest { lines.append("\tdigest=\(Hexadecimal.encode(digest))") }
            if let host = shape.host { lines.append("\tvirtualhost=\"\(quotable(host, "a host"))\"") }
            if case .keepAliveClient = request.client {
                change("the request is one of directrix, not of KeepAliveClient")
            }
        case .smtpHello, .smtp(startsTLS: false): lines.append("\tservice=smtp")
        case .dnsStatus(_, .address):
            change("an answer with an address is needed")
            lines.append("\tservice=dns")
        case .dnsStatus: lose("a question for records other than addresses")
        case .datagram: lose("a check by datagrams")
        default: lose("such a check")
        }
        if let security = negotiation.security { lines += tls(security) }
        return lines
    }

    private mutating func tls(_ settings: TLSSettings) -> [String] {
        if settings.identity != nil { lose("a certificate that is shown to servers") }
        var lines = [
            "\tsni=\"\(quotable(settings.serverName ?? "", "a host"))\"",
            "\ttlsverify=\(settings.verifiesCertificate ? "yes" : "no")",
        ]
        if let file = settings.trustedCertificates {
            lines.append("\ttlscafile=\"\(quotable(file, "the path of certificates"))\"")
        }
        return lines
    }

    /// What the line of a server says of its check: request and pattern.
    mutating func words(of check: ServerCheck) -> String {
        if let request = check.request {
            let pattern = request.pattern.map { source(of: $0) } ?? ""
            for text in [request.target, pattern] { _ = quotable(text, "a request or a pattern") }
            return
                " \"\(request.target.hasPrefix("/") ? String(request.target.dropFirst()) : request.target)\", \"\(pattern)\""
        }
        if case .negotiate(let negotiation) = check.probe.method,
            case .dnsStatus(let name, _) = negotiation.dialogue
        {
            return " \"\(quotable(name, "a request or a pattern"))\""
        }
        return ""
    }

    /// A pattern in the signs of Perl.
    private mutating func source(of pattern: ContentPattern) -> String {
        if pattern.isNegated { lose("a pattern that must not be found") }
        if pattern.minOffset > 0 || pattern.maxOffset != nil {
            lose("a part of the answer that a pattern is looked for in")
        }
        guard case .pcre2(let options) = pattern.syntax else { return pattern.source }
        let letters = ["caseless": "i", "multiline": "m", "dotall": "s", "extended": "x"]
        if options.names.contains(where: { letters[$0] == nil }) { lose("options of a pattern beside i, m, s and x") }
        let flags = options.names.compactMap { letters[$0] }.joined()
        return flags.isEmpty ? pattern.source : "(?\(flags))\(pattern.source)"
    }
}
