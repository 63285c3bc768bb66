/// The parts of a URL or a relative reference as RFC 3986 divides it, the fragment left out.
struct URLParts: Hashable, Sendable {
    /// The scheme in lower case.
    let scheme: String?
    /// What stands between `//` and the path.
    let authority: String?
    /// The path, which may be empty.
    let path: String
    /// What stands behind `?`.
    let query: String?

    /// Divides a text; nil where it begins with a colon.
    init?(_ text: String) {
        var rest = text.prefix { $0 != "#" }
        var scheme: String?
        if let colon = rest.firstIndex(where: { ":/?".contains($0) }), rest[colon] == ":" {
            guard URLParts.isScheme(rest[..<colon]) else { return nil }
            scheme = rest[..<colon].lowercased()
            rest = rest[rest.index(after: colon)...]
        }
        self.scheme = scheme
        if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        } else {
            authority = nil
        }
        let mark = rest.firstIndex(of: "?")
        path = String(rest[..<(mark ?? rest.endIndex)])
        query = mark.map { String(rest[rest.index(after: $0)...]) }
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, (first | 0x20) >= 0x61, (first | 0x20) <= 0x7a else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
    }
}
