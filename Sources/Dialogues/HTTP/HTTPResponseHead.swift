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
    /// Whether there is none, and this stands for it.
    private(set) var isAssumed = false

    /// Status and words: `503 Service Unavailable`.
    var statusLine: String { reason.isEmpty ? "\(status)" : "\(status) \(reason)" }

    /// Whether it is a preliminary answer, that the real one follows.
    var isInterim: Bool { (100...199).contains(status) && status != 101 }

    /// Reads a status line without its end; nil for what is none.
    ///
    /// Blanks before it, the case of its letters and the form of its version decide nothing.
    init?(statusLine line: [UInt8]) {
        let line = line[...].drop(while: HTTPResponseHead.isBlank)
        guard HTTPResponseHead.canBegin(with: line), line.count >= HTTPResponseHead.name.utf8CodeUnitCount else {
            return nil
        }
        guard let blank = line.firstIndex(where: HTTPResponseHead.isBlank) else { return nil }
        let rest = line[blank...].drop(while: HTTPResponseHead.isBlank)
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard digits.count == 3 else { return nil }
        let status = digits.reduce(UInt16(0)) { $0 * 10 + UInt16($1 - 0x30) }
        guard status >= 100 else { return nil }
        self.init(status: status, reason: String(printable: rest.dropFirst(3).trimmingBlanks(), atMost: 120))
    }

    /// Makes a head of which nothing is known but its first line.
    init(status: UInt16, reason: String) {
        self.status = status
        self.reason = reason
    }

    /// The head that stands for the missing one of an answer in HTTP/0.9, in the words of libwww-perl.
    static let assumed = {
        var head = HTTPResponseHead(status: 200, reason: "Assumed OK")
        head.isAssumed = true
        return head
    }()

    /// Whether bytes can be the beginning of a status line, blanks before it left out.
    static func canBegin(with bytes: some Collection<UInt8>) -> Bool {
        name.withUTF8Buffer { name in zip(bytes, name).allSatisfy { ($0 >= 0x41 ? $0 | 0x20 : $0) == $1 } }
    }

    /// What every status line begins with, in whatever case.
    private static let name: StaticString = "http/"

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Takes a field without its end, its lines joined; false where it contradicts what is known of the body's length.
    mutating func take(field line: [UInt8]) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
        let value = line[(colon + 1)...].trimmingBlanks()
        let name = line[..<colon].trimmingBlanks()
        if name.isName("content-length") {
            return value.split(separator: UInt8(ascii: ",")).allSatisfy { take(length: $0.trimmingBlanks()) }
        } else if name.isName("transfer-encoding") {
            guard let last = value.split(separator: UInt8(ascii: ",")).last else { return true }
            isChunked = last.trimmingBlanks().isName("chunked")
        } else if name.isName("location"), location == nil {
            location = Array(value)
        }
        return true
    }

    /// Takes one length of the body; false where it cannot be, or differs from another.
    ///
    /// What is no number, as the -1 of servers that do not know it, says nothing.
    private mutating func take(length text: ArraySlice<UInt8>) -> Bool {
        let digits = text.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty, digits.endIndex == text.endIndex || HTTPResponseHead.isBlank(text[digits.endIndex])
        else {
            return true
        }
        let significant = digits.drop { $0 == 0x30 }
        guard significant.count <= 18 else { return false }
        let length = significant.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard contentLength == nil || contentLength == length else { return false }
        contentLength = length
        return true
    }

    /// Whether a field that begins with that byte can be one that `take` looks at.
    static func canMatter(_ first: UInt8) -> Bool {
        switch first | 0x20 {
        case UInt8(ascii: "c"), UInt8(ascii: "t"), UInt8(ascii: "l"): true
        default: false
        }
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
