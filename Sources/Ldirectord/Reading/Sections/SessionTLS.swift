/// Whether TLS is begun in a session with a database: `starttls`.
enum SessionTLS: String, CaseIterable, Hashable, Sendable {
    /// Never.
    case no
    /// Where the server offers it.
    case offered
    /// Always; a server that does not offer it is down.
    case yes
}
