/// What a client of TLS shows to a server that wants to know whom it serves.
package struct TLSIdentity: Hashable, Sendable {
    /// The file of its certificate in PEM, with those that lead to its root behind it; nil for none.
    package var certificate: String?
    /// The file of its private key in PEM; nil for none.
    package var key: String?
    /// The password of the key; nil for none.
    package var password: String?

    /// Makes an identity of files.
    package init(certificate: String?, key: String?, password: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.password = password
    }
}
