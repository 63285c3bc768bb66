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
