import Addresses
import Configuration

/// A way in which a server of the benchmark answers without end, and the check that it is made for.
struct HostileWay {
    private let name: Substring
    private let port: UInt16

    /// Reads `https-updates=4711`.
    init?(_ word: String) {
        let parts = word.split(separator: "=")
        guard parts.count == 2, let port = UInt16(parts[1]) else { return nil }
        name = parts[0]
        self.port = port
    }

    /// The check of such a server at an address.
    func check(_ address: IPv4Address) -> HealthCheck {
        let credentials = Credentials(login: "check", password: "secret")
        let dialogue: Negotiation.Dialogue =
            switch name.prefix(while: { $0 != "-" }) {
            case "ftp": .ftp(credentials, file: nil, nil)
            case "smtp": .smtp(startsTLS: false)
            case "imap": .imap(credentials)
            case "pgsql": .postgreSQL(credentials, database: "check", query: nil)
            default: .http(http(address))
            }
        let negotiation = Negotiation(dialogue, security: name.hasPrefix("https") ? TLSSettings() : nil)
        let target = Endpoint(address: .v4(address), port: port)
        return HealthCheck(method: .negotiate(negotiation), target: target, timeout: .seconds(5))
    }

    private func http(_ address: IPv4Address) -> HTTPRequest {
        var request = HTTPRequest(target: "/check", host: address.description)
        request.pattern = ContentPattern("Server is OK")
        return request
    }
}
