/// Questions to the kernel and its answers, one after the other over one channel.
///
/// It belongs to one thread or task at a time.
package final class Conversation {
    /// What the dump that answers a question said of itself, beyond its contents.
    package struct Trace {
        /// How many datagrams carried contents; a single one is filled without anything changing meanwhile.
        package var datagrams = 0
        /// Whether the kernel says that what it listed changed.
        package var isInterrupted = false
    }

    private let channel: any MessageChannel
    private var lastSequence: UInt32 = 0
    /// The last question, whose memory the next one uses again.
    private var request = MessageWriter()
    private var buffer = [UInt8].datagramBuffer()

    /// Begins a conversation over a channel that nobody else uses.
    package init(_ channel: any MessageChannel) {
        self.channel = channel
    }

    /// A number for the next request that none in flight has.
    package func nextSequence() -> UInt32 {
        lastSequence &+= 1
        return lastSequence
    }

    /// Asks one question, and hands the contents of the answer to `read`, message by message.
    ///
    /// - Parameters:
    ///   - type: What the request is, as its protocol numbers it.
    ///   - flags: `.dump` for everything of a kind, `.acknowledged` for any other question: it tells where the answer ends.
    ///   - body: Writes what follows the header of the request.
    /// - Throws: `ConversationError.refused` with the kernel's answer, `.malformed` when `read` fails or a length cannot
    ///   be, `.transport` of the channel.
    @discardableResult
    package func ask(
        type: UInt16,
        flags: MessageFlags,
        body: (inout MessageWriter) -> Void,
        read: (MessageContents, RawSpan) throws(DecodingError) -> Void
    ) throws(ConversationError) -> Trace {
        let sequence = nextSequence()
        request.removeAll()
        request.message(type: type, flags: flags, sequence: sequence, body: body)
        try send(request.bytes)
        var trace = Trace()
        var end: NetlinkError??
        var failure: DecodingError?
        while end == nil {
            var hasContents = false
            try receive { message, bytes throws(DecodingError) in
                guard message.sequence == sequence, end == nil else { return }
                if message.isInterrupted { trace.isInterrupted = true }
                switch message.kind {
                case .contents:
                    hasContents = true
                    // What is left of the answer is taken all the same, or it would be in the way of the next one.
                    guard failure == nil else { return }
                    do throws(DecodingError) {
                        try read(message.contents, bytes)
                    } catch {
                        failure = error
                    }
                case .result(let error), .done(let error):
                    end = .some(error)
                case .other:
                    break
                }
            }
            if hasContents { trace.datagrams += 1 }
        }
        if let failure { throw .malformed(failure) }
        if case .some(.some(let error)) = end { throw .refused(error) }
        return trace
    }

    /// Sends a batch, and tells which of its requests the kernel refused.
    ///
    /// - Returns: Whether every answer came; where it is false, any request that was not told of may have been refused too.
    /// - Throws: `NetlinkError` of the channel; none of the requests has then been executed.
    package func carryOut(
        _ batch: inout RequestBatch,
        refused: (_ index: Int, NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        try channel.send(batch.sealed())
        var isAnswered = false
        var hasLost = false
        while !isAnswered {
            do throws(ConversationError) {
                try receive { message, _ in
                    guard case .result(let error) = message.kind, let index = batch.index(ofSequence: message.sequence)
                    else { return }
                    if let error { refused(index, error) }
                    if index == batch.indices.upperBound - 1 { isAnswered = true }
                }
            } catch .transport(.noBufferSpace) {
                hasLost = true
            } catch {
                return false
            }
        }
        return !hasLost
    }

    private func send(_ bytes: [UInt8]) throws(ConversationError) {
        do throws(NetlinkError) { try channel.send(bytes) } catch { throw .transport(error) }
    }

    /// Receives one datagram and hands each of its messages to `body`.
    private func receive(_ body: (Message, RawSpan) throws(DecodingError) -> Void) throws(ConversationError) {
        let count: Int
        do throws(NetlinkError) { count = try channel.receive(into: &buffer) } catch { throw .transport(error) }
        let datagram = buffer
        do throws(DecodingError) {
            let bytes = datagram.span.bytes.extracting(first: count)
            var cursor = MessageCursor()
            while let message = try cursor.next(in: bytes) { try body(message, bytes) }
        } catch {
            throw .malformed(error)
        }
    }
}
