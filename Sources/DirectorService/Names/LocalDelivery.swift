import Addresses
import CNetlink
import CheckIO
import Netlink
import System

/// Asks the kernel which addresses are this machine's own, those that routes make so included.
///
/// A request of rtnetlink(7) for the route to an address; the kernel answers it before `send` returns.
struct LocalDelivery {
    private let channel: SocketChannel
    private var buffer = [UInt8].datagramBuffer()
    private var sequence: UInt32 = 0

    /// Opens a socket to the kernel.
    ///
    /// - Throws: `NetlinkError` when the kernel refuses it.
    init() throws(NetlinkError) {
        channel = try SocketChannel(.route, waitsForAnswers: false)
    }

    /// Answers about one address after the other over a socket that is opened with the first question.
    static func question() -> LocalQuestion {
        var delivery: LocalDelivery?
        return { address in
            if delivery == nil { delivery = try? LocalDelivery() }
            return delivery?.isLocal(address)
        }
    }

    /// Whether the kernel delivers what is sent to an address to this machine; nil where it does not tell.
    mutating func isLocal(_ address: IPAddress) -> Bool? {
        sequence &+= 1
        do throws(NetlinkError) {
            try channel.send(Self.request(for: address, sequence: sequence))
            // Answers to earlier questions that came too late are read first.
            for _ in 0..<8 {
                let count = try channel.receive(into: &buffer)
                if let answer = Self.answer(in: buffer[..<count], sequence: sequence) { return answer }
            }
        } catch {}
        return nil
    }

    /// The message that asks for the route to an address.
    private static func request(for address: IPAddress, sequence: UInt32) -> [UInt8] {
        var writer = MessageWriter()
        writer.message(type: UInt16(RTM_GETROUTE), flags: .none, sequence: sequence) { writer in
            var route = rtmsg()
            route.rtm_family = UInt8(truncatingIfNeeded: address.family.number)
            route.rtm_dst_len = address.family == .ipv4 ? 32 : 128
            writer.append(route)
            switch address {
            case .v4(let address): writer.attribute(UInt16(RTA_DST.rawValue), address.value.bigEndian)
            case .v6(let address):
                writer.header(of: UInt16(RTA_DST.rawValue), length: 20)
                writer.append(address.high.bigEndian)
                writer.append(address.low.bigEndian)
            }
        }
        return writer.bytes
    }

    /// Whether the route of an answer leads to this machine; nil for what is no answer to that request.
    ///
    /// An error says that there is no route; one to the machine itself there always is.
    static func answer(in datagram: ArraySlice<UInt8>, sequence: UInt32) -> Bool? {
        let bytes = datagram.span.bytes
        var cursor = MessageCursor()
        while let message = try? cursor.next(in: bytes) {
            guard message.sequence == sequence else { continue }
            switch message.kind {
            case .result: return false
            case .contents where message.contents.type == UInt16(RTM_NEWROUTE):
                let range = message.contents.range
                guard range.count >= MemoryLayout<rtmsg>.size else { return nil }
                return bytes.load(rtmsg.self, at: range.lowerBound).rtm_type == UInt8(RTN_LOCAL)
            default: return nil
            }
        }
        return nil
    }
}
