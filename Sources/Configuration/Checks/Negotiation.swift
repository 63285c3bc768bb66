/// A dialogue with a server in the protocol that it serves.
package struct Negotiation: Hashable, Sendable {
    /// The protocol and what is asked in it.
    package enum Dialogue: Hashable, Sendable {
        case http(HTTPRequest)
        /// Greeting, `EHLO` (`HELO` where that is refused), `QUIT`; with STARTTLS where it is wanted and offered.
        case smtp(startsTLS: Bool)
        /// Greeting 220, `HELO` with that name, answered by 250, and `QUIT`, whose answer nobody needs.
        case smtpHello(name: String)
        /// Greeting, and authentication where a login is set: by `APOP` where the greeting has a stamp.
        case pop(Credentials?)
        /// Greeting, and `LOGIN` where a login is set.
        case imap(Credentials?)
        /// Login and, where a file is named, its retrieval.
        case ftp(Credentials, file: String?, ContentPattern?)
        /// A greeting that begins with 2.
        case nntp
        /// A bind and a search for one entry.
        case ldap(base: String, Credentials?, ContentPattern?)
        /// A query for a name or the name of an address.
        case dns(name: String, DNSTransport, ContentPattern?)
        /// One query for records of that type over UDP, answered without an error, whatever the answer has.
        case dnsStatus(name: String, DNSRecordType)
        /// Bytes sent in a datagram, and what comes back or does not.
        case datagram([UInt8], DatagramRule)
        /// A login, and a query that gives at least one row where one is set.
        case mysql(Credentials, database: String, query: String?)
        /// A login, and a query that gives at least one row where one is set.
        case postgreSQL(Credentials, database: String, query: String?)
        /// An Access-Request that is accepted.
        case radius(Credentials, secret: String)
        /// Bytes sent, then end of sending; some line that is received matches.
        case simpleTCP(request: [UInt8], ContentPattern?)
        /// `OPTIONS`, answered by 200.
        case sip(login: String, SIPTransport)
        /// A hello of TLS, answered by a handshake or an alert; where certificates are verified, by a whole handshake.
        case tls
    }

    /// The carrier of a DNS query.
    package enum DNSTransport: Hashable, Sendable { case udp, tcp }
    /// The carrier of a SIP request.
    package enum SIPTransport: Hashable, Sendable { case udp, tcp }

    /// The protocol and what is asked in it.
    package var dialogue: Dialogue
    /// TLS from the first byte, or begun in the course of the dialogue; nil for neither.
    package var security: TLSSettings?
    /// Whether a database that does not offer TLS is asked in the clear.
    package var isSecurityOptional = false

    /// Makes a dialogue in the clear or in TLS.
    package init(_ dialogue: Dialogue, security: TLSSettings? = nil) {
        self.dialogue = dialogue
        self.security = security
    }
}
