import Addresses
import Configuration
import Dialogues
import Director
import IPVS

// A line of a monitor file: what is checked, as ldirectord names it, and the result.

extension MonitorLine {
    /// Makes the line for a server's result; nil for what is not recorded: a server that is never asked, a program in
    /// Perl, an echo without answer.
    ///
    /// - Parameter check: the place of the check among the server's.
    init?(file: String, _ virtual: VirtualServer, _ server: RealServer, check: Int, _ result: CheckResult) {
        guard server.checks.indices.contains(check) else { return nil }
        let probe = server.checks[check].probe
        guard let kind = probe.method.kind(of: virtual) else { return nil }
        if case .ping = probe.method, result.verdict == .down, result.layer != .administrative { return nil }
        let words = probe.method.words
        var identity = "\(kind):\(virtual.service.key.transportText):"
        identity += "\(server.address.bracketed):\(server.writtenEndpoint.port):"
        if let host = words.host, host != "\(server.address)" { identity += "\(host):" }
        if probe.target.port != server.writtenEndpoint.port { identity += "\(probe.target.port):" }
        identity += "\(server.weight):\(server.forwarding.word)"
        identity += ":\(words.request):\(words.receive)"
        let state = result.verdict == .up ? "up" : "down"
        self.init(file: file, text: "\(Self.spaced(identity)) [\(state)] \(Self.escaped(result.text))")
    }

    /// Runs of colons as single blanks, without backslashes.
    private static func spaced(_ identity: String) -> String {
        var bytes: [UInt8] = []
        var isAfterColon = false
        for byte in identity.utf8 where byte != UInt8(ascii: "\\") {
            let isColon = byte == UInt8(ascii: ":")
            if !isColon {
                bytes.append(byte)
            } else if !isAfterColon {
                bytes.append(UInt8(ascii: " "))
            }
            isAfterColon = isColon
        }
        return escapedLines(String(decoding: bytes, as: UTF8.self))
    }

    private static func escaped(_ text: String) -> String {
        guard !text.isEmpty else { return "-" }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "|": result += "%7c"
            case "\r": result += "%0d"
            case "\n": result += "%0a"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func escapedLines(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}

extension IPAddress {
    fileprivate var bracketed: String {
        switch self {
        case .v4: description
        case .v6: "[\(self)]"
        }
    }
}

extension ForwardingMethod {
    /// The word of a configuration.
    var word: String {
        switch self {
        case .masquerade: "masq"
        case .tunnel: "ipip"
        default: "gate"
        }
    }
}

extension HealthCheck.Method {
    /// The type of check with the service or program; nil where nothing is recorded.
    fileprivate func kind(of virtual: VirtualServer) -> String? {
        switch self {
        case .alwaysDown, .file: nil
        case .connect: "connect"
        case .ping, .echo: "ping"
        case .negotiate(let negotiation): "negotiate:\(negotiation.serviceName)"
        case .combined(_, _, let negotiation): "combined:\(negotiation.serviceName)"
        case .external(let check):
            check.program == "perl" || check.program.hasSuffix("/perl") ? nil : "external:\(check.program)"
        }
    }

    /// The host, request and pattern, where the dialogue has them.
    fileprivate var words: (host: String?, request: String, receive: String) {
        let negotiation: Negotiation
        switch self {
        case .negotiate(let it): negotiation = it
        case .combined(_, _, let it): negotiation = it
        case .alwaysDown, .connect, .ping, .echo, .external, .file: return (nil, "/", "")
        }
        switch negotiation.dialogue {
        case .http(let request): return (request.host, request.target, request.pattern?.source ?? "")
        case .ftp(_, let file, let pattern): return (nil, file ?? "/", pattern?.source ?? "")
        case .ldap(let base, _, let pattern): return (nil, "/\(base)", pattern?.source ?? "")
        case .dnsStatus(let name, _): return (nil, "/\(name)", "")
        case .dns(let name, _, let pattern): return (nil, "/\(name)", pattern?.source ?? "")
        case .mysql(_, _, let query), .postgreSQL(_, _, let query): return (nil, "/\(query ?? "")", "")
        case .simpleTCP(let request, let pattern):
            return (nil, "/\(String(decoding: request, as: UTF8.self))", pattern?.source ?? "")
        case .smtp, .smtpHello, .datagram, .pop, .imap, .nntp, .radius, .sip, .tls: return (nil, "/", "")
        }
    }
}

extension Negotiation {
    /// The word for `service` in a configuration.
    fileprivate var serviceName: String {
        let isSecure = security != nil
        switch dialogue {
        case .http(let request):
            return request.target.hasPrefix("/") || request.target == "*" ? isSecure ? "https" : "http" : "http_proxy"
        case .smtpHello: return "smtp"
        case .datagram: return "udp"
        case .smtp(let startsTLS): return startsTLS ? "submission" : "smtp"
        case .pop: return isSecure ? "pops" : "pop"
        case .imap: return isSecure ? "imaps" : "imap"
        case .ftp: return "ftp"
        case .nntp: return "nntp"
        case .ldap: return isSecure ? "ldaps" : "ldap"
        case .dns, .dnsStatus: return "dns"
        case .mysql: return "mysql"
        case .postgreSQL: return "pgsql"
        case .radius: return "radius"
        case .simpleTCP: return "simpletcp"
        case .sip: return "sip"
        case .tls: return "tls"
        }
    }
}
