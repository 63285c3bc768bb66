/// Requests of one datagram, with consecutive sequence numbers, each for one place in a list of work.
///
/// The kernel executes all of them before `send` returns and answers each error by itself, so that only the last request
/// asks for an acknowledgement.
package struct RequestBatch {
    /// How many bytes of requests go into one datagram: less than the 64 KiB that the socket's send buffer holds.
    private static let lengthLimit = 60_000

    /// The places of the requests, which follow one another.
    package private(set) var indices = 0..<0
    private var writer = MessageWriter()
    private var firstSequence: UInt32 = 0
    /// Where the last request begins.
    private var lastStart = 0

    /// Begins without a request.
    package init() {}

    /// Whether the datagram is so long that no request should follow.
    package var isFull: Bool { writer.count >= Self.lengthLimit }

    /// Adds the request for a place, the one behind that of the last request.
    ///
    /// - Parameters:
    ///   - sequence: Its number, the next one after that of the last request.
    ///   - write: Writes the message.
    package mutating func append(at index: Int, sequence: UInt32, _ write: (inout MessageWriter) -> Void) {
        if indices.isEmpty {
            indices = index..<index
            firstSequence = sequence
        }
        lastStart = writer.count
        write(&writer)
        indices = indices.lowerBound..<index + 1
    }

    /// The datagram, its last request asking for an acknowledgement.
    mutating func sealed() -> [UInt8] {
        writer.addFlags(.acknowledged, toMessageAt: lastStart)
        return writer.bytes
    }

    /// The place of the request with that number, if it is one of these.
    func index(ofSequence sequence: UInt32) -> Int? {
        let offset = Int(sequence &- firstSequence)
        return offset < indices.count ? indices.lowerBound + offset : nil
    }

    /// Begins anew, without a request.
    package mutating func removeAll() {
        writer.removeAll()
        indices = 0..<0
    }
}
