/// Reads replies of one line that begin with `+OK` or `-ERR`: POP3.
struct StatusReplyReader: ReplyReader {
    /// A line and whether the server did what it was asked.
    struct Reply: Sendable {
        let isPositive: Bool
        let line: [UInt8]

        /// The line, for people.
        var text: String { String(printable: line) }
    }

    private static let words = ["+OK", "-ERR"]

    private var lines = ReplyLines()

    mutating func next(in bytes: RawSpan, at position: inout Int) throws(ReplyFault) -> Reply? {
        guard let line = try lines.next(in: bytes, at: &position) else {
            let beginning = lines.beginning
            // A server of another protocol may never end its line.
            guard Self.words.contains(where: { zip(beginning, $0.utf8).allSatisfy(==) }) else {
                throw .malformed(beginning)
            }
            return nil
        }
        lines.beginAnswer()
        guard let word = Self.words.first(where: { line.starts(with: $0.utf8) }) else { throw .malformed(line) }
        return Reply(isPositive: word == "+OK", line: line)
    }
}
