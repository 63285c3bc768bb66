/// Reads the heads of responses of SIP; bodies are taken for the beginning of what follows.
struct SIPResponseReader: Sendable {
    /// The first line of the response that is being read, as far as there is one.
    private(set) var statusLine: [UInt8] = []

    private var lines = ReplyLines()
    private var response: SIPResponse?

    /// Begins before the first byte.
    init() {}

    /// The next response that a piece completes the head of; nil when the piece is used up.
    ///
    /// - Parameter position: Where reading goes on in the piece; 0 for a new one.
    /// - Throws: `ReplyFault`; nothing can be read afterwards.
    mutating func next(in bytes: RawSpan, at position: inout Int) throws(ReplyFault) -> SIPResponse? {
        while let line = try lines.next(in: bytes, at: &position) {
            guard var response else {
                // Empty lines between messages keep connections alive.
                if line.isEmpty { continue }
                statusLine = line
                guard let begun = SIPResponseReader.response(line) else { throw .malformed(line) }
                response = begun
                continue
            }
            if line.isEmpty {
                self.response = nil
                lines.beginAnswer()
                return response
            }
            SIPResponseReader.take(line, into: &response)
            self.response = response
        }
        if response == nil, !zip(lines.beginning, "SIP/2.0 ".utf8).allSatisfy({ $0 == $1 || $0 == 0x0d }) {
            throw .malformed(lines.beginning)
        }
        return nil
    }

    private static func response(_ line: [UInt8]) -> SIPResponse? {
        let version = "SIP/2.0 "
        guard line.starts(with: version.utf8) else { return nil }
        let rest = line.dropFirst(version.utf8.count)
        let digits = rest.prefix { $0 != UInt8(ascii: " ") }
        guard digits.count == 3, let status = Int(String(decoding: digits, as: UTF8.self)), (100...699).contains(status)
        else { return nil }
        return SIPResponse(status: status, statusLine: String(printable: rest))
    }

    private static func take(_ line: [UInt8], into response: inout SIPResponse) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let blanks: [UInt8] = [0x20, 0x09]
        let name = line[..<colon].filter { !blanks.contains($0) }
        switch String(decoding: name, as: UTF8.self).lowercased() {
        case "call-id", "i":
            let value = line[colon...].dropFirst().drop { blanks.contains($0) }
            response.callID = String(decoding: value.prefix { !blanks.contains($0) }, as: UTF8.self)
        default: break
        }
    }
}
