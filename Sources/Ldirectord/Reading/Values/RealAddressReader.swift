/// Where the parts of a real server's address stand: `HOST[->HOST][:PORT]`.
struct RealAddress {
    var host: Range<Int>
    var lastHost: Range<Int>?
    var port: Range<Int>?
    /// Behind the address.
    var end: Int
    /// Whether two colons stand before the port.
    var hasTwoColons = false
    /// Whether blanks stand around the arrow.
    var hasBlanks = false

    /// Finds an address that begins at a place and ends before a blank or the end of the range.
    init?(in bytes: ArraySlice<UInt8>, _ range: Range<Int>) {
        guard let host = Self.host(in: bytes, range) else { return nil }
        self.host = host
        end = host.upperBound
        let arrow = bytes[end..<range.upperBound].drop(while: \.isBlank)
        if arrow.starts(with: "->".utf8) {
            let start = bytes[arrow.dropFirst(2).startIndex..<range.upperBound].drop(while: \.isBlank).startIndex
            guard let last = Self.host(in: bytes, start..<range.upperBound) else { return nil }
            hasBlanks = arrow.startIndex != end || start != arrow.startIndex + 2
            lastHost = last
            end = last.upperBound
        }
        let colon = UInt8(ascii: ":")
        if end < range.upperBound, bytes[end] == colon {
            var start = end + 1
            if start < range.upperBound, bytes[start] == colon {
                hasTwoColons = true
                start += 1
            }
            let port = bytes[start..<range.upperBound].prefix(while: \.isOfPort)
            guard !port.isEmpty else { return nil }
            self.port = port.indices
            end = port.endIndex
        }
        guard end == range.upperBound || bytes[end].isBlank else { return nil }
    }

    /// A name, an address, or an address in brackets.
    private static func host(in bytes: ArraySlice<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard let first = bytes[range].first else { return nil }
        if first == UInt8(ascii: "[") {
            let end = bytes[range].prefix(longest).firstIndex(of: UInt8(ascii: "]"))
            return end.map { range.lowerBound..<$0 + 1 }
        }
        var host = bytes[range].prefix(longest).prefix(while: \.isOfHost)
        let isBeforeArrow = host.endIndex < range.upperBound && bytes[host.endIndex] == UInt8(ascii: ">")
        if isBeforeArrow, host.last == UInt8(ascii: "-") { host = host.dropLast() }
        return host.isEmpty ? nil : host.indices
    }

    /// The most bytes of a host, brackets included.
    private static let longest = 256
}
