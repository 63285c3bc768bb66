/// Takes replies out of what a server sends, in whatever pieces it arrives.
protocol ReplyReader: Sendable {
    /// What a server says to one command.
    associatedtype Reply: Sendable

    /// The next reply that a piece completes; nil when the piece is used up.
    ///
    /// - Parameter position: Where reading goes on in the piece; 0 for a new one.
    /// - Throws: `ReplyFault`; nothing can be read afterwards.
    mutating func next(in bytes: RawSpan, at position: inout Int) throws(ReplyFault) -> Reply?
}
