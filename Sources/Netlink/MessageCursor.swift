import CNetlink

/// Walks over the messages of one datagram.
package struct MessageCursor {
    private var position = 0

    /// The bytes of the header of a message: `struct nlmsghdr`.
    package static let headerLength = 16

    /// Begins at the front of a datagram.
    package init() {}

    /// The next message; nil behind the last.
    ///
    /// - Throws: `DecodingError.badLength` when a length cannot be.
    package mutating func next(in bytes: RawSpan) throws(DecodingError) -> Message? {
        let available = bytes.byteCount - position
        guard available > 0 else { return nil }
        guard available >= Self.headerLength else { throw .badLength }
        let start = position
        let claimed = bytes.load(UInt32.self, at: start)
        guard claimed >= Self.headerLength, claimed <= available else { throw .badLength }
        let length = Int(claimed)
        position += min(available, (length + 3) & ~3)
        let type = bytes.load(UInt16.self, at: start + 4)
        let range = start + Self.headerLength..<start + length
        let kind: Message.Kind
        switch type {
        case UInt16(NLMSG_MIN_TYPE)...: kind = .contents
        case UInt16(NLMSG_ERROR):
            guard range.count >= 4 else { throw .badLength }
            kind = .result(bytes.error(at: range.lowerBound))
        case UInt16(NLMSG_DONE): kind = .done(range.count >= 4 ? bytes.error(at: range.lowerBound) : nil)
        default: kind = .other
        }
        return Message(
            kind: kind,
            sequence: bytes.load(UInt32.self, at: start + 8),
            port: bytes.load(UInt32.self, at: start + 12),
            isInterrupted: bytes.load(UInt16.self, at: start + 6) & UInt16(NLM_F_DUMP_INTR) != 0,
            contents: MessageContents(type: type, range: range)
        )
    }
}

extension RawSpan {
    /// The error behind the negative `errno` at that place; nil for 0.
    fileprivate func error(at offset: Int) -> NetlinkError? {
        let number = load(Int32.self, at: offset)
        if number == 0 { return nil }
        return NetlinkError(rawValue: number == .min ? .max : abs(number))
    }
}
