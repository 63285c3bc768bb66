import CNetlink

/// The header of one netlink message and where its attributes lie.
struct Message: Equatable {
    /// What the message is.
    enum Kind: Equatable {
        /// The end of one request: error 0 acknowledges it.
        case result(errorNumber: Int32)
        /// The end of a dump; an error other than 0 broke it off.
        case done(errorNumber: Int32)
        /// A reply of the family, with its command number.
        case reply(command: UInt8)
        /// Anything else.
        case other
    }

    let kind: Kind
    let sequence: UInt32
    /// Whether the kernel says that a dump was disturbed: `NLM_F_DUMP_INTR`.
    let isInterrupted: Bool
    /// The attributes of a reply.
    let attributes: Range<Int>
}

/// Walks over the messages of one datagram.
struct MessageCursor {
    private var position = 0
    private let family: UInt16

    /// Begins at the front of a datagram; replies are messages of `family`.
    init(family: UInt16) {
        self.family = family
    }

    /// The next message; nil behind the last.
    ///
    /// - Throws: `DecodingError.badLength` when a length cannot be.
    mutating func next(in bytes: RawSpan) throws(DecodingError) -> Message? {
        let available = bytes.byteCount - position
        guard available > 0 else { return nil }
        guard available >= 16 else { throw .badLength }
        let start = position
        let claimed = bytes.load(UInt32.self, at: start)
        guard claimed >= 16, claimed <= available else { throw .badLength }
        let length = Int(claimed)
        position += min(available, (length + 3) & ~3)
        let type = bytes.load(UInt16.self, at: start + 4)
        let flags = bytes.load(UInt16.self, at: start + 6)
        var kind = Message.Kind.other
        var attributes = start + length..<start + length
        switch type {
        case UInt16(NLMSG_ERROR):
            guard length >= 20 else { throw .badLength }
            kind = .result(errorNumber: bytes.errorNumber(at: start + 16))
        case UInt16(NLMSG_DONE):
            kind = .done(errorNumber: length >= 20 ? bytes.errorNumber(at: start + 16) : 0)
        case family:
            guard length >= WireFormat.headerLength else { throw .badLength }
            kind = .reply(command: bytes.load(UInt8.self, at: start + 16))
            attributes = start + WireFormat.headerLength..<start + length
        default:
            break
        }
        return Message(
            kind: kind,
            sequence: bytes.load(UInt32.self, at: start + 8),
            isInterrupted: flags & UInt16(NLM_F_DUMP_INTR) != 0,
            attributes: attributes
        )
    }
}

extension RawSpan {
    /// A negative errno as a positive number.
    fileprivate func errorNumber(at offset: Int) -> Int32 {
        let number = load(Int32.self, at: offset)
        return number == .min ? .max : abs(number)
    }
}
