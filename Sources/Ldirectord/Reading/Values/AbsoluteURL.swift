import Addresses

/// A URL of HTTP in a request: `http://HOST[:PORT]/PATH`.
struct AbsoluteURL: Hashable, Sendable {
    let isSecure: Bool
    /// The host as it is written, brackets included.
    let authority: String
    let host: HostReference
    let port: UInt16?
    /// Path and query, beginning with a slash.
    let path: String

    /// The port that is asked.
    var portInEffect: UInt16 { port ?? (isSecure ? 443 : 80) }

    /// Reads a request as files store it, with or without a slash in front; anything but such a URL is nil.
    init?(_ request: String, family: AddressFamily) {
        let text = request.hasPrefix("/") ? request.dropFirst() : Substring(request)
        let rest: Substring
        if text.hasPrefix("http://") {
            isSecure = false
            rest = text.dropFirst("http://".count)
        } else if text.hasPrefix("https://") {
            isSecure = true
            rest = text.dropFirst("https://".count)
        } else {
            return nil
        }
        let authority = rest.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        let path = String(rest[authority.endIndex...])
        self.path = path.withSlash
        self.authority = String(Substring(authority))
        var host = Substring(authority)
        var port: Substring?
        if let colon = authority.lastIndex(of: UInt8(ascii: ":")), !host.hasSuffix("]") {
            port = host[authority.index(after: colon)...]
            host = host[..<colon]
        }
        if let port {
            guard let number = UInt16(port) else { return nil }
            self.port = number
        } else {
            self.port = nil
        }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 2
        let inner = isBracketed ? host.dropFirst().dropLast() : host
        guard let reference = HostReference(String(inner), family: family) else { return nil }
        self.host = reference
    }
}
