import Links
import Netlink

@testable import LinksNetlink

/// Takes any bytes for a datagram of rtnetlink: every decoder must end with a value or an error.
func decodeAsLinks(_ bytes: [UInt8]) -> Int32 {
    let span = bytes.span.bytes
    let names: [UInt32: String] = [1: "lo", 2: "eth0"]
    var messages = MessageCursor()
    while let message = try? messages.next(in: span) {
        // Each decoder reads each message, so that the fuzzer need not find the types.
        _ = try? LinkDecoder.interface(message.contents, of: span)
        _ = try? AddressDecoder.address(message.contents, of: span, names: names)
        _ = try? RouteDecoder.route(message.contents, of: span, names: names)
        _ = try? RuleDecoder.rule(message.contents, of: span)
    }
    return 0
}
