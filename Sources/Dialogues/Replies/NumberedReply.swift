/// An answer that begins with a number of three digits, as SMTP, FTP and NNTP have it.
struct NumberedReply: Hashable, Sendable {
    /// The number, 100 to 599.
    var code: Int
    /// What stands in its lines behind the number; at least one line.
    var lines: [[UInt8]]

    /// Whether the server did what it was asked: 2xx.
    var isCompletion: Bool { code / 100 == 2 }

    /// The first line, for people.
    var text: String {
        let first = String(printable: lines.first ?? [])
        return first.isEmpty ? "\(code)" : "\(code) \(first)"
    }

    /// The layer that a check fails in by this answer.
    var layer: CheckLayer { .dialogue(.status(code)) }
}
