/// Reads lines that begin with `*`, with `+` or with the tag of a command: IMAP4.
///
/// The lines of all replies behind the greeting count as one answer.
struct TaggedReplyReader: ReplyReader {
    /// A line and its first two words.
    struct Reply: Sendable {
        /// `*`, `+` or a tag.
        let tag: String
        /// The second word in capital letters: `OK`, `NO`, `BAD`, `BYE`; empty where there is none.
        let status: String
        let line: [UInt8]

        /// The line, for people.
        var text: String { String(printable: line) }
    }

    private var lines = ReplyLines()
    private var isGreeted = false

    mutating func next(in bytes: RawSpan, at position: inout Int) throws(ReplyFault) -> Reply? {
        guard let line = try lines.next(in: bytes, at: &position) else {
            // A server of another protocol may never end its line.
            guard isGreeted || lines.beginning.isEmpty || lines.beginning.first == UInt8(ascii: "*") else {
                throw .malformed(lines.beginning)
            }
            return nil
        }
        if !isGreeted {
            isGreeted = true
            lines.beginAnswer()
        }
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
            .prefix(2).map { String(decoding: $0, as: UTF8.self) }
        return Reply(tag: words.first ?? "", status: words.count > 1 ? words[1].uppercased() : "", line: line)
    }
}
