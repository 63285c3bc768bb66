/// Reads answers that begin with a number, each as a whole.
struct NumberedReplyReader: ReplyReader {
    /// How an answer of several lines goes on.
    enum Form: Hashable, Sendable {
        /// Every line has the number, all but the last with a `-` behind it: SMTP.
        case everyLine
        /// The first line has the number and a `-`, the last one the number and a blank: FTP.
        case firstAndLast
        /// Every answer is one line: the greeting of NNTP.
        case oneLine
    }

    private let form: Form
    private var lines = ReplyLines()
    private var reply: NumberedReply?

    /// Begins before the first answer.
    init(_ form: Form) {
        self.form = form
    }

    mutating func next(in bytes: RawSpan, at position: inout Int) throws(ReplyFault) -> NumberedReply? {
        while let line = try lines.next(in: bytes, at: &position) {
            guard let complete = try take(line) else { continue }
            reply = nil
            lines.beginAnswer()
            return complete
        }
        // A server of another protocol may never end its line.
        guard canBegin(with: lines.beginning) else { throw .malformed(lines.beginning) }
        return nil
    }

    private mutating func take(_ line: [UInt8]) throws(ReplyFault) -> NumberedReply? {
        let code = NumberedReplyReader.code(line)
        let mark = line.dropFirst(3).first
        guard let begun = reply?.code else {
            guard let code, hasNumber(line) else { throw .malformed(line) }
            let first = NumberedReply(code: code, lines: [Array(line.dropFirst(4))])
            guard mark == UInt8(ascii: "-"), form != .oneLine else { return first }
            reply = first
            return nil
        }
        let isNumbered = code == begun && hasNumber(line)
        guard isNumbered || form == .firstAndLast else { throw .malformed(line) }
        // Appended in place: a copy of the reply would copy all its lines.
        reply?.lines.append(isNumbered ? Array(line.dropFirst(4)) : line)
        return isNumbered && mark != UInt8(ascii: "-") ? reply : nil
    }

    /// Whether the number of a line ends where a number ends.
    private func hasNumber(_ line: [UInt8]) -> Bool {
        switch line.dropFirst(3).first {
        case nil, UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "\t"): true
        default: false
        }
    }

    private func canBegin(with bytes: [UInt8]) -> Bool {
        if reply != nil, form == .firstAndLast { return true }
        return bytes.prefix(3).enumerated().allSatisfy { index, byte in
            let digits = index == 0 ? UInt8(ascii: "1")...UInt8(ascii: "5") : UInt8(ascii: "0")...UInt8(ascii: "9")
            return digits.contains(byte)
        }
    }

    private static func code(_ line: [UInt8]) -> Int? {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return (100...599).contains(code) ? code : nil
    }
}
