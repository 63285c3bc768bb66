package import Addresses

/// Which host a redirect names, and which server asks for it.
package struct HostQuestion: Hashable, Sendable {
    /// A name, or an address in whatever notation the C library takes.
    package let host: String
    /// The port that is meant, 1...65535.
    package let port: UInt16
    /// The real server that is checked.
    package let server: IPAddress
    /// Who answered with the redirect: that server, or another one that it sent the check to.
    package let asker: IPAddress

    /// Makes a question.
    package init(host: String, port: UInt16, server: IPAddress, asker: IPAddress) {
        self.host = host
        self.port = port
        self.server = server
        self.asker = asker
    }
}
