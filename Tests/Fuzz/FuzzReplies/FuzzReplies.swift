import Addresses
import IPVS
import Netlink

@testable import IPVSNetlink

/// Takes any bytes for a datagram of the kernel: every decoder must end with a value or an error.
func decodeAsReply(_ bytes: [UInt8]) -> Int32 {
    let span = bytes.span.bytes
    var messages = MessageCursor()
    while let message = try? messages.next(in: span) {
        if let range = try? message.contents.attributes(behind: WireFormat.genericHeaderLength) {
            decode(range, of: span)
        }
    }
    // The fuzzer need not find a header for every attempt.
    decode(0..<bytes.count, of: span)
    _ = Connection(line: String(decoding: bytes, as: UTF8.self))
    return 0
}

private func decode(_ range: Range<Int>, of bytes: RawSpan) {
    _ = try? ReplyDecoder.service(in: range, of: bytes)
    _ = try? ReplyDecoder.destination(in: range, of: bytes, serviceFamily: .ipv6)
    _ = try? ReplyDecoder.daemon(in: range, of: bytes)
    _ = try? ReplyDecoder.timeouts(in: range, of: bytes)
    _ = try? ReplyDecoder.information(in: range, of: bytes)
}
