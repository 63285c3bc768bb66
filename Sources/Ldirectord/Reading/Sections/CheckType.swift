/// How servers are asked: `checktype`.
enum CheckType: Hashable, Sendable {
    case negotiate
    case connect
    case ping
    case on
    case off
    case external
    case externalPerl
    /// A negotiation, so many connections, and again.
    case combined(Int)

    init?(word: String) {
        switch word {
        case "negotiate": self = .negotiate
        case "connect": self = .connect
        case "ping": self = .ping
        case "on": self = .on
        case "off": self = .off
        case "external": self = .external
        case "external-perl": self = .externalPerl
        default: return nil
        }
    }

    /// The word, or the number, that stands for it.
    var word: String {
        switch self {
        case .negotiate: "negotiate"
        case .connect: "connect"
        case .ping: "ping"
        case .on: "on"
        case .off: "off"
        case .external: "external"
        case .externalPerl: "external-perl"
        case .combined(let connections): String(connections)
        }
    }

    static let refusal = """
        checktype must be "connect", "negotiate", "on", "off", "ping", "external", "external-perl" or a positive number
        """
}

/// The protocol that a server is asked in: `service`.
enum CheckedService: String, CaseIterable, Hashable, Sendable {
    case dns
    case ftp
    case http
    case https
    case httpProxy = "http_proxy"
    case imap
    case imaps
    case ldap
    case ldaps
    case mysql
    case nntp
    case none
    case oracle
    case pgsql
    case pop
    case pops
    case radius
    case simpletcp
    case sip
    case smtp
    case submission
    case tls

    /// The one that is served at a port by custom.
    init(port: UInt16) {
        self = Self.allCases.first { $0.defaultPort == port } ?? .none
    }

    /// The port by custom.
    var defaultPort: UInt16? {
        switch self {
        case .ftp: 21
        case .smtp: 25
        case .dns: 53
        case .http: 80
        case .pop: 110
        case .nntp: 119
        case .imap: 143
        case .ldap: 389
        case .https: 443
        case .submission: 587
        case .ldaps: 636
        case .imaps: 993
        case .pops: 995
        case .oracle: 1521
        case .radius: 1812
        case .httpProxy: 3128
        case .mysql: 3306
        case .sip: 5060
        case .pgsql: 5432
        case .simpletcp, .tls, .none: nil
        }
    }

    static let refusal = """
        service must be dns, ftp, http, https, http_proxy, imap, imaps, ldap, ldaps, mysql, nntp, none, oracle, pop, \
        pops, radius, pgsql, simpletcp, sip, smtp, submission or tls
        """
}
