/// What a client needs of the head of a response.
struct HTTPResponseHead: Hashable, Sendable {
    /// The status code, 100...999.
    let status: UInt16
    /// The words behind it, printable.
    let reason: String
    /// How many bytes the body has, where the head says so.
    private(set) var contentLength: Int?
    /// Whether the body comes in chunks.
    private(set) var isChunked = false
    /// The value of `Location`.
    private(set) var location: [UInt8]?

    /// Status and words: `503 Service Unavailable`.
    var statusLine: String { reason.isEmpty ? "\(status)" : "\(status) \(reason)" }

    /// Whether it is a preliminary answer, that the real one follows.
    var isInterim: Bool { (100...199).contains(status) && status != 101 }

    /// Reads a status line without its end; nil for what is none.
    init?(statusLine line: [UInt8]) {
        let parts = line.split(separator: 0x20, maxSplits: 1, omittingEmptySubsequences: true)
        guard let version = parts.first, HTTPResponseHead.isVersion(version), parts.count == 2 else { return nil }
        let rest = parts[1].drop { $0 == 0x20 }
        let digits = rest.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let status = digits.reduce(UInt16(0)) { $0 * 10 + UInt16($1 - 0x30) }
        let after = rest.dropFirst(3)
        guard status >= 100, after.isEmpty || after.first == 0x20 else { return nil }
        self.status = status
        reason = String(printable: after.trimmingBlanks(), atMost: 120)
    }

    /// Whether bytes can be the beginning of a status line.
    static func canBegin(with bytes: [UInt8]) -> Bool {
        let name = Array("HTTP/".utf8)
        return bytes.prefix(name.count).elementsEqual(name.prefix(bytes.count))
    }

    /// Takes a field line without its end; false where it makes the length of the body unknowable.
    mutating func take(field line: [UInt8]) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
        let value = line[(colon + 1)...].trimmingBlanks()
        switch line[..<colon].trimmingBlanks().lowercased() {
        case Array("content-length".utf8):
            guard let length = HTTPResponseHead.length(value) else { return false }
            guard contentLength == nil || contentLength == length else { return false }
            contentLength = length
        case Array("transfer-encoding".utf8):
            let last = value.split(separator: UInt8(ascii: ",")).last ?? []
            isChunked = last.trimmingBlanks().lowercased() == Array("chunked".utf8)
        case Array("location".utf8):
            if location == nil { location = Array(value) }
        default: break
        }
        return true
    }

    private static func isVersion(_ text: ArraySlice<UInt8>) -> Bool {
        let name = Array("HTTP/".utf8)
        guard text.starts(with: name) else { return false }
        let numbers = text.dropFirst(name.count).split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        return (1...2).contains(numbers.count)
            && numbers.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { (0x30...0x39).contains($0) } }
    }

    private static func length(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

extension ArraySlice<UInt8> {
    /// Without the blanks and tabs at both ends.
    func trimmingBlanks() -> ArraySlice<UInt8> {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let head = drop(while: isBlank)
        return head.dropLast(head.reversed().prefix(while: isBlank).count)
    }

    /// With the letters of ASCII in lower case.
    fileprivate func lowercased() -> [UInt8] {
        map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    }
}
