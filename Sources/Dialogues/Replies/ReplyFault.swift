/// Why bytes are not the answer that a protocol of lines has.
enum ReplyFault: Error, Hashable, Sendable {
    /// A line has more bytes than that.
    case lineTooLong(limit: Int)
    /// The lines of one answer have more bytes than that.
    case answerTooLong(limit: Int)
    /// Bytes of another protocol: the line, or as much of it as has come.
    case malformed([UInt8])
}

extension ReplyFault {
    /// The layer that a check fails in.
    var layer: CheckLayer {
        switch self {
        case .lineTooLong, .answerTooLong: .dialogue(.limit)
        case .malformed: .dialogue(.malformed)
        }
    }

    /// A line for people.
    ///
    /// - Parameter name: What the protocol is called.
    func text(_ name: String) -> String {
        switch self {
        case .lineTooLong(let limit): "a line of the answer is longer than \(limit) bytes"
        case .answerTooLong(let limit): "the answer is longer than \(limit) bytes"
        case .malformed(let line): "the answer is not \(name): \(String(printable: line, atMost: 80))"
        }
    }
}
