import Addresses
import Configuration
import IPVS

/// The dialogue with one server in the protocol of a virtual server.
struct DialoguePlan {
    let plan: CheckPlan
    let entry: RealEntry
    /// The real server's own address.
    let server: IPAddress
    /// The host that is asked: the server, or another one that its URL names.
    let endpoint: Endpoint
    let target: CheckPlan.Target

    private var section: VirtualSection { plan.section }

    /// The request: the server's own, or that of the virtual server, with its slash in front.
    private var request: String { entry.request ?? section.request?.value ?? "/" }

    /// The request without the slash that every request is stored with.
    private var bareRequest: String { String(request.dropFirst()) }

    private var pattern: ContentPattern? {
        let source = entry.receive?.value ?? section.receive?.value ?? ""
        return source.isEmpty ? nil : ContentPattern(source)
    }

    private var credentials: Credentials? {
        guard let login = section.login else { return nil }
        return Credentials(login: login, password: section.password ?? "")
    }

    private var security: TLSSettings {
        TLSSettings(
            verifiesCertificate: plan.shared.verifiesCertificate ?? false,
            trustedCertificates: plan.shared.trustedCertificates,
            serverName: section.nameForTLS
        )
    }

    /// The dialogue; nil where there is none to lead.
    var negotiation: Negotiation? {
        switch plan.service {
        case .none, .oracle: nil
        case .http: Negotiation(.http(httpRequest))
        case .https: Negotiation(.http(httpRequest), security: security)
        case .httpProxy: proxyRequest.map { Negotiation(.http($0)) }
        case .smtp: Negotiation(.smtp(startsTLS: false))
        case .submission: Negotiation(.smtp(startsTLS: true), security: security)
        case .pop: Negotiation(.pop(credentials))
        case .pops: Negotiation(.pop(credentials), security: security)
        case .imap: Negotiation(.imap(credentials))
        case .imaps: Negotiation(.imap(credentials), security: security)
        case .ftp: Negotiation(.ftp(bareCredentials, file: request == "/" ? nil : request, pattern))
        case .nntp: Negotiation(.nntp)
        case .ldap: Negotiation(ldap)
        case .ldaps: Negotiation(ldap, security: security)
        case .dns: Negotiation(.dns(name: bareRequest, plan.key.transport == .tcp ? .tcp : .udp, pattern))
        case .mysql: session(.mysql(databaseCredentials, database: section.database ?? "", query: query))
        case .pgsql: session(.postgreSQL(databaseCredentials, database: section.database ?? "", query: query))
        case .radius: Negotiation(.radius(bareCredentials, secret: section.secret ?? ""))
        case .simpletcp: Negotiation(.simpleTCP(request: Self.unescaped(bareRequest), pattern))
        case .tls: Negotiation(.tls, security: security)
        case .sip: Negotiation(.sip(login: plan.login ?? "", plan.key.transport == .udp ? .udp : .tcp))
        }
    }

    private var bareCredentials: Credentials { Credentials(login: plan.login ?? "", password: plan.password ?? "") }

    private var databaseCredentials: Credentials {
        var credentials = bareCredentials
        credentials.methods = plan.loginMethods
        return credentials
    }

    /// A session with a database, in TLS where that is wanted.
    private func session(_ dialogue: Negotiation.Dialogue) -> Negotiation {
        var negotiation = Negotiation(dialogue, security: plan.sessionTLS == .no ? nil : security)
        negotiation.isSecurityOptional = plan.sessionTLS == .offered
        return negotiation
    }

    private var query: String? { bareRequest.isEmpty ? nil : bareRequest }

    /// A bind as somebody takes both a name and a password.
    private var ldap: Negotiation.Dialogue {
        let isNamed = section.login != nil && section.password != nil
        return .ldap(base: bareRequest, isNamed ? credentials : nil, pattern)
    }

    /// The text with a newline wherever `\n` is written.
    private static func unescaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "n") {
                rest.removeFirst()
                bytes.append(0x0a)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}

// HTTP.
extension DialoguePlan {
    private var httpRequest: HTTPRequest {
        // The target that stands for the server itself, `*`, has no slash.
        var path = section.method == .options && request == "/*" ? "*" : request
        var soughtHost: String?
        switch target {
        case .server: break
        case .other(let url, _): path = url.path
        case .sought(let url): (path, soughtHost) = (url.path, url.host.name)
        }
        var asked = HTTPRequest(target: path, host: section.virtualHost ?? CheckPlan.host(server))
        asked.soughtHost = soughtHost
        return completed(asked)
    }

    /// A request for a whole URL; nil where no host is in it, as in the default request.
    private var proxyRequest: HTTPRequest? {
        if let url = AbsoluteURL(request, family: section.family) {
            return completed(HTTPRequest(target: bareRequest, host: url.authority))
        }
        guard entry.request != nil else { return nil }
        let authority = "\(Endpoint(address: server, port: endpoint.port))"
        return completed(HTTPRequest(target: "http://\(authority)\(request)", host: authority))
    }

    private func completed(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        request.method = section.method
        request.statuses = section.statuses ?? .successful
        request.pattern = pattern
        request.digest = section.digest
        request.redirects = plan.shared.redirects ?? .follow
        request.bodyLimit = plan.shared.bodyLimit ?? request.bodyLimit
        return request
    }
}

extension CheckPlan {
    /// The user in whose name FTP and SIP servers are asked by default.
    var defaultLogin: String { "ldirectord@\(hostName)" }

    /// The login in effect; nil for none.
    var login: String? {
        switch service {
        case .ftp: section.login ?? "anonymous"
        case .sip: section.login ?? defaultLogin
        default: section.login
        }
    }

    /// The password in effect; nil for none.
    var password: String? {
        section.password ?? (service == .ftp ? defaultLogin : nil)
    }
}

extension CheckPlan {
    /// Whether sessions with databases are led in TLS.
    ///
    /// By default as by the libraries that ldirectord uses, and always where certificates are to be verified.
    var sessionTLS: SessionTLS {
        let wish = section.startsTLS?.value ?? (service == .pgsql ? .offered : .no)
        guard shared.verifiesCertificate == true, section.startsTLS?.value != .no else { return wish }
        return .yes
    }

    /// The ways in which a database may be shown the password.
    var loginMethods: Set<LoginMethod> { section.loginMethods?.value ?? Set(LoginMethod.allCases) }
}

extension VirtualSection {
    /// The name that TLS goes by: `sni`, or the host of `virtualhost`.
    var nameForTLS: String? {
        if let serverName { return serverName.isEmpty ? nil : serverName }
        guard let virtualHost else { return nil }
        let host =
            virtualHost.utf8.firstIndex(of: UInt8(ascii: ":")).map { virtualHost[..<$0] } ?? Substring(virtualHost)
        return host.isEmpty || host.hasPrefix("[") ? nil : String(host)
    }
}
