/// Takes lines out of what a server sends, in whatever pieces it arrives.
///
/// It keeps no more than the line that it is in the middle of. Lines end in LF, a CR before it is taken off with it.
struct ReplyLines: Sendable {
    /// The bytes of a line in the mail, file and news protocols, their ends included; they are far shorter by rule.
    static let usualLineLimit = 8 << 10
    /// The bytes of one answer in these protocols.
    static let usualAnswerLimit = 64 << 10

    /// The beginning of a line whose end has not come.
    private(set) var beginning: [UInt8] = []

    private let lineLimit: Int
    private let answerLimit: Int
    private let takesReturn: Bool
    private var room: Int

    /// Begins before the first byte.
    ///
    /// - Parameters:
    ///   - lineLimit: The bytes of a line, its end included.
    ///   - answerLimit: The bytes of all lines of an answer.
    ///   - takesReturn: Whether a CR before the LF belongs to the end of a line.
    init(
        lineLimit: Int = ReplyLines.usualLineLimit,
        answerLimit: Int = ReplyLines.usualAnswerLimit,
        takesReturn: Bool = true
    ) {
        self.lineLimit = lineLimit
        self.answerLimit = answerLimit
        self.takesReturn = takesReturn
        room = answerLimit
    }

    /// Lets the next line be the first of another answer.
    mutating func beginAnswer() {
        room = answerLimit
    }

    /// The next line of a piece without its end; nil when the piece is used up.
    ///
    /// - Parameter position: Where reading goes on in the piece; 0 for a new one.
    /// - Throws: `ReplyFault` where a limit is exceeded; nothing can be read afterwards.
    mutating func next(in bytes: RawSpan, at position: inout Int) throws(ReplyFault) -> [UInt8]? {
        let rest = bytes.extracting(droppingFirst: position)
        let end = rest.withUnsafeBytes { $0.firstIndex(of: 0x0a) }
        let count = end.map { $0 + 1 } ?? rest.byteCount
        guard beginning.count + count <= lineLimit else { throw .lineTooLong(limit: lineLimit) }
        guard count <= room else { throw .answerTooLong(limit: answerLimit) }
        room -= count
        position += count
        rest.withUnsafeBytes { beginning.append(contentsOf: $0.prefix(end ?? count)) }
        guard end != nil else { return nil }
        if takesReturn, beginning.last == 0x0d { beginning.removeLast() }
        defer { beginning = [] }
        return beginning
    }
}
