/// How TLS to a real server is set up.
package struct TLSSettings: Hashable, Sendable {
    /// Whether the server's certificate must be valid and bear the name.
    package var verifiesCertificate: Bool
    /// The file of trusted certificates in PEM; nil for those of the system.
    package var trustedCertificates: String?
    /// The name sent to the server, and the one that its certificate must bear; nil to send none.
    package var serverName: String?
    /// What this end shows of itself; nil for nothing.
    package var identity: TLSIdentity?

    /// Makes settings; without arguments any certificate is accepted and no name is sent.
    package init(verifiesCertificate: Bool = false, trustedCertificates: String? = nil, serverName: String? = nil) {
        self.verifiesCertificate = verifiesCertificate
        self.trustedCertificates = trustedCertificates
        self.serverName = serverName
    }
}
