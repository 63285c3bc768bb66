package import Configuration
import Dialogues

/// One request whose answer is to be digested.
package struct DigestQuestion: Hashable, Sendable {
    /// The URL as it was given.
    package let url: String
    /// The server's address or name.
    package let server: String
    /// The server's port.
    package let port: UInt16
    /// TLS on the connection.
    package let security: TLSSettings?
    /// The bytes of the request.
    package let request: [UInt8]

    /// Makes the question for one of the URLs.
    ///
    /// - Throws: `DigestUsageError` where it does not say which server is meant.
    init(_ url: String, _ arguments: DigestArguments) throws(DigestUsageError) {
        self.url = url
        var usesTLS = arguments.usesTLS
        var target = url
        if let server = arguments.server {
            self.server =
                server.hasPrefix("[") && server.hasSuffix("]") ? String(server.dropFirst().dropLast()) : server
            port = arguments.port ?? (usesTLS ? 443 : 80)
        } else {
            guard let whole = HTTPURL(url) else { throw DigestUsageError(text: "no server is named for \(url): -s") }
            usesTLS = usesTLS || whole.isSecure
            server = whole.host
            port = arguments.port ?? whole.port ?? (usesTLS ? 443 : 80)
            target = whole.target
        }
        let address = server.contains(":") ? "[\(server)]" : server
        let host = arguments.virtualHost ?? "\(address):\(port)"
        let name = arguments.sendsServerName ? arguments.virtualHost ?? server : nil
        security = usesTLS ? TLSSettings(serverName: name) : nil
        let version = arguments.protocol
        var request = "GET \(HTTPURL.escaped(target)) HTTP/\(version.number)\r\nUser-Agent: KeepAliveClient\r\n"
        if version.closes { request += "Connection: close\r\n" }
        request += "Host: \(HTTPURL.escaped(host))\r\n\r\n"
        self.request = Array(request.utf8)
    }
}

/// Why a command line cannot be carried out.
struct DigestUsageError: Error, Hashable {
    let text: String
}
