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
        guard let blank = line.firstIndex(of: 0x20), HTTPResponseHead.isVersion(line[..<blank]) else { return nil }
        let rest = line[blank...].drop { $0 == 0x20 }
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
        bytes.prefix(5).elementsEqual("HTTP/".utf8.prefix(bytes.count))
    }

    /// Takes a field line without its end; false where it makes the length of the body unknowable.
    mutating func take(field line: [UInt8]) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
        let value = line[(colon + 1)...].trimmingBlanks()
        let name = line[..<colon].trimmingBlanks()
        if name.isName("content-length") {
            guard let length = HTTPResponseHead.length(value) else { return false }
            guard contentLength == nil || contentLength == length else { return false }
            contentLength = length
        } else if name.isName("transfer-encoding") {
            let last = value.split(separator: UInt8(ascii: ",")).last ?? []
            isChunked = last.trimmingBlanks().isName("chunked")
        } else if name.isName("location"), location == nil {
            location = Array(value)
        }
        return true
    }

    /// `HTTP/` and one number or two with a dot between.
    private static func isVersion(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count > 5, text.prefix(5).elementsEqual("HTTP/".utf8) else { return false }
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        let major = text.dropFirst(5).prefix(while: isDigit)
        let minor = text[major.endIndex...]
        guard (1...3).contains(major.count) else { return false }
        return minor.isEmpty
            || minor.first == UInt8(ascii: ".") && (2...4).contains(minor.count)
                && minor.dropFirst().allSatisfy(isDigit)
    }

    /// Whether a field that begins with that byte can be one that `take` looks at.
    static func canMatter(_ first: UInt8) -> Bool {
        switch first | 0x20 {
        case UInt8(ascii: "c"), UInt8(ascii: "t"), UInt8(ascii: "l"): true
        // A blank may stand before the name.
        default: first <= 0x20
        }
    }

    private static func length(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}

extension ArraySlice<UInt8> {
    /// Without the blanks and tabs at both ends.
    func trimmingBlanks() -> ArraySlice<UInt8> {
        var (start, end) = (startIndex, endIndex)
        while start < end, self[start] == 0x20 || self[start] == 0x09 { start += 1 }
        while end > start, self[end - 1] == 0x20 || self[end - 1] == 0x09 { end -= 1 }
        return self[start..<end]
    }

    /// Whether these are the letters of a name that is given in lower case, in whatever case.
    fileprivate func isName(_ name: StaticString) -> Bool {
        guard count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { letters in
            zip(self, letters).allSatisfy { (0x41...0x5a).contains($0) ? $0 | 0x20 == $1 : $0 == $1 }
        }
    }
}
