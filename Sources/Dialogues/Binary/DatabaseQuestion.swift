package import Addresses
package import Configuration

/// What a database is asked: to let somebody in, and perhaps to answer a query.
package struct DatabaseQuestion: Hashable, Sendable {
    let credentials: Credentials
    let database: String
    let query: String?
    let target: Endpoint
    let security: TLSSettings?
    let isSecurityOptional: Bool

    /// Makes a question.
    ///
    /// - Parameters:
    ///   - credentials: Who logs in.
    ///   - database: The database that is opened; empty for none, or for that of the user's name where there must be one.
    ///   - query: What must give a row; nil to ask nothing.
    ///   - target: The server.
    ///   - security: TLS that is begun before the login; nil for none.
    ///   - isSecurityOptional: Whether a server that does not offer TLS is asked in the clear; never where its certificate
    ///     is to be verified.
    package init(
        credentials: Credentials,
        database: String,
        query: String?,
        target: Endpoint,
        security: TLSSettings?,
        isSecurityOptional: Bool = false
    ) {
        self.credentials = credentials
        self.database = database
        self.query = query
        self.target = target
        self.security = security
        self.isSecurityOptional = isSecurityOptional && security?.verifiesCertificate != true
    }
}
