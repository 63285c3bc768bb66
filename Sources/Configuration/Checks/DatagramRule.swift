/// What has to come back for a datagram.
package struct DatagramRule: Hashable, Sendable {
    /// Bytes of which some half may be anything.
    package struct Mask: Hashable, Sendable {
        /// The bytes, with zeros where anything will do.
        package let bytes: [UInt8]
        /// The bits of each that count.
        package let significant: [UInt8]

        /// Makes a mask: of a byte only its significant bits count, maybe none; of bytes beyond the significant ones, all.
        package init(_ bytes: [UInt8], significant: [UInt8]? = nil) {
            let given = (significant ?? []).prefix(bytes.count)
            self.significant = given + Array(repeating: 0xff, count: bytes.count - given.count)
            self.bytes = zip(bytes, self.significant).map { $0 & $1 }
        }

        /// Whether a text begins so.
        package func matchesBeginning(of text: some Collection<UInt8>) -> Bool {
            guard text.count >= bytes.count else { return false }
            return zip(zip(bytes, significant), text).allSatisfy { $0.0 == $1 & $0.1 }
        }
    }

    /// Whether an answer has to come at all: without one, a server that says nothing passes, unless its port is closed.
    package var needsReply: Bool
    /// How an answer that has to come begins; nil for any.
    package var beginning: Mask?
    /// How many bytes an answer that has to come has.
    package var lengths: ClosedRange<Int>

    /// Makes a rule that any answer satisfies, and its absence too, unless told otherwise.
    package init(needsReply: Bool = false, beginning: Mask? = nil, lengths: ClosedRange<Int> = 0...65_535) {
        self.needsReply = needsReply
        self.beginning = beginning
        self.lengths = lengths
    }

    /// The 32 bytes that are sent where a configuration names none.
    package static let usualPayload = Array("keepalived check - keepalived ch".utf8)
}
