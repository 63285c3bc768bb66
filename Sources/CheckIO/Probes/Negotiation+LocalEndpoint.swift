import Configuration

extension Negotiation.Dialogue {
    /// Whether the protocol speaks of the local end of the connection.
    var usesLocalEndpoint: Bool {
        switch self {
        case .http, .smtpHello, .dns, .dnsStatus, .datagram, .mysql, .postgreSQL, .simpleTCP, .nntp, .pop, .imap,
            .ldap, .tls:
            false
        case .smtp, .ftp, .radius, .sip: true
        }
    }
}
