import Addresses

/// An `http` or `https` URL as a client needs it: without user and fragment.
package struct HTTPURL: Hashable, Sendable {
    /// Whether it is an `https` URL.
    package var isSecure: Bool
    /// The name in lower case, or the address without brackets.
    package var host: String
    /// The port where one is written, 1...65535.
    package var port: UInt16?
    /// Path and query, beginning with `/`.
    package var target: String

    /// The port that is meant.
    package var effectivePort: UInt16 { port ?? (isSecure ? 443 : 80) }

    /// Host and port as `Host` names them.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    /// Makes a URL of its parts.
    package init(isSecure: Bool, host: String, port: UInt16?, target: String) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.target = target
    }

    /// Reads an absolute URL; nil for anything else.
    package init?(_ text: String) {
        guard let parts = URLParts(text), let scheme = parts.scheme else { return nil }
        self.init(scheme: scheme, parts)
    }

    /// What a reference means that was found at this URL, as RFC 3986, section 5, has it; nil where that is no URL of HTTP.
    func resolving(_ reference: [UInt8]) -> HTTPURL? {
        guard let parts = URLParts(HTTPURL.escaped(reference.trimmingWhole())) else { return nil }
        if let scheme = parts.scheme { return HTTPURL(scheme: scheme, parts) }
        if parts.authority != nil { return HTTPURL(scheme: isSecure ? "https" : "http", parts) }
        var path = parts.path
        var query = parts.query
        let base = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        if path.isEmpty {
            path = base.first.map(String.init) ?? "/"
            query = query ?? base.dropFirst().first.map(String.init)
        } else if !path.hasPrefix("/") {
            let folder = base.first.flatMap { path in path.lastIndex(of: "/").map { path[...$0] } } ?? "/"
            path = folder + path
        }
        var url = self
        url.target = HTTPURL.target(path, query)
        return url
    }

    private init?(scheme: String, _ parts: URLParts) {
        guard scheme == "http" || scheme == "https", let authority = parts.authority else { return nil }
        guard let (host, port) = HTTPURL.hostAndPort(authority) else { return nil }
        self.init(
            isSecure: scheme == "https",
            host: host,
            port: port,
            target: HTTPURL.target(parts.path, parts.query)
        )
    }

    /// The text with all that may not stand in a request line written as `%` and two digits.
    package static func escaped(_ text: String) -> String {
        text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } ? text : escaped(Array(text.utf8))
    }

    /// The bytes with all that may not stand in a request line written as `%` and two digits.
    static func escaped(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if byte > 0x20, byte < 0x7f {
                text.append(byte)
            } else {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func target(_ path: String, _ query: String?) -> String {
        let path = withoutDotSegments(path)
        return (path.hasPrefix("/") ? path : "/" + path) + (query.map { "?" + $0 } ?? "")
    }

    /// A path without `.` and `..`, which are followed.
    private static func withoutDotSegments(_ path: String) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                if kept.count > 1 { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return kept.joined(separator: "/")
    }

    private static func hostAndPort(_ authority: String) -> (String, UInt16?)? {
        let place = authority.lastIndex(of: "@").map { authority.index(after: $0) } ?? authority.startIndex
        var host = authority[place...]
        var rest = Substring()
        if host.first == "[" {
            guard let end = host.firstIndex(of: "]") else { return nil }
            rest = host[host.index(after: end)...]
            host = host[..<end].dropFirst()
            guard IPv6Address(String(host)) != nil else { return nil }
        } else {
            if let colon = host.firstIndex(of: ":") {
                rest = host[colon...]
                host = host[..<colon]
            }
            let isName = host.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            guard isName, !host.isEmpty, host.utf8.count <= 255 else { return nil }
        }
        guard !rest.isEmpty, rest != ":" else { return (host.lowercased(), nil) }
        guard rest.first == ":", let port = UInt16(rest.dropFirst()), port > 0 else { return nil }
        return (host.lowercased(), port)
    }
}

extension [UInt8] {
    fileprivate func trimmingWhole() -> ArraySlice<UInt8> { self[...].trimmingBlanks() }
}
