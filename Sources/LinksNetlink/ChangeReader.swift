import Links
import Netlink

/// Reads what a socket tells of, one message after the other.
final class ChangeReader {
    /// How many datagrams are taken at a time, so that whoever makes changes without end does not keep the reader busy.
    private static let limit = 4096

    private let channel: any MessageChannel
    private let parts: LinkParts
    private var buffer = [UInt8].datagramBuffer()

    /// - Parameter parts: What is told of by the channel, and so must be read again where something was lost.
    init(_ channel: any MessageChannel, parts: LinkParts) {
        self.channel = channel
        self.parts = parts
    }

    /// Hands each message that has come to `body`.
    ///
    /// - Returns: what must be read anew, because messages were lost or could not be read.
    /// - Throws: `LinksError.transport` when nothing comes any more.
    func read(_ body: (Message, RawSpan) throws(DecodingError) -> Void) throws(LinksError) -> LinkParts {
        var lost: LinkParts = []
        for _ in 0..<Self.limit {
            do throws(NetlinkError) {
                let count = try channel.receive(into: &buffer)
                if !deliver(count, body) { lost.formUnion(parts) }
            } catch .timedOut {
                return lost
            } catch .noBufferSpace {
                lost.formUnion(parts)
            } catch .messageTooLong {
                lost.formUnion(parts)
            } catch {
                throw .transport(error.rawValue)
            }
        }
        return lost
    }

    /// Hands on the messages of a datagram, as far as they can be read.
    private func deliver(_ count: Int, _ body: (Message, RawSpan) throws(DecodingError) -> Void) -> Bool {
        let datagram = buffer
        let bytes = datagram.span.bytes.extracting(first: count)
        var cursor = MessageCursor()
        do throws(DecodingError) {
            while let message = try cursor.next(in: bytes) { try body(message, bytes) }
            return true
        } catch {
            return false
        }
    }
}
