import Addresses
import CLinux
import Glibc

/// Asks the kernel which addresses are this machine's own, those that routes make so included.
///
/// A request of rtnetlink(7) for the route to an address; the kernel answers it before `send` returns.
struct LocalDelivery: ~Copyable {
    private let descriptor: Int32
    private var sequence: UInt32 = 0

    // Of linux/netlink.h and linux/rtnetlink.h.
    private static let getRoute: UInt16 = 26
    private static let newRoute: UInt16 = 24
    private static let isError: UInt16 = 2
    private static let isRequest: UInt16 = 1
    private static let destination: UInt16 = 1
    private static let local: UInt8 = 2
    private static let headerLength = 16
    private static let routeLength = 12

    /// Opens a socket to the kernel.
    ///
    /// - Throws: `SystemFailure` of `socket`.
    init() throws(SystemFailure) {
        let kind = Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        // The protocol is NETLINK_ROUTE.
        descriptor = socket(AF_NETLINK, kind, 0)
        guard descriptor >= 0 else { throw SystemFailure(call: "socket", number: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Whether the kernel delivers what is sent to an address to this machine; nil where it does not tell.
    mutating func isLocal(_ address: IPAddress) -> Bool? {
        sequence &+= 1
        let request = Self.request(for: address, sequence: sequence)
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
        var reply = [UInt8](repeating: 0, count: 4_096)
        // An answer that was late for an earlier question goes before.
        for _ in 0..<8 {
            let count = recv(descriptor, &reply, reply.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return nil }
            if let answer = Self.answer(in: reply[..<count], sequence: sequence) { return answer }
        }
        return nil
    }

    /// The message that asks for the route to an address.
    static func request(for address: IPAddress, sequence: UInt32) -> [UInt8] {
        var octets: [UInt8] = []
        switch address {
        case .v4(let address): withUnsafeBytes(of: address.value.bigEndian) { octets += $0 }
        case .v6(let address):
            withUnsafeBytes(of: address.high.bigEndian) { octets += $0 }
            withUnsafeBytes(of: address.low.bigEndian) { octets += $0 }
        }
        let attributeLength = 4 + octets.count
        let length = headerLength + routeLength + attributeLength
        var bytes = [UInt8](repeating: 0, count: length)
        bytes.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: UInt32(length), as: UInt32.self)
            bytes.storeBytes(of: getRoute, toByteOffset: 4, as: UInt16.self)
            bytes.storeBytes(of: isRequest, toByteOffset: 6, as: UInt16.self)
            bytes.storeBytes(of: sequence, toByteOffset: 8, as: UInt32.self)
            bytes[headerLength] = UInt8(truncatingIfNeeded: address.family.number)
            bytes[headerLength + 1] = UInt8(octets.count * 8)
            bytes.storeBytes(of: UInt16(attributeLength), toByteOffset: headerLength + routeLength, as: UInt16.self)
            bytes.storeBytes(of: destination, toByteOffset: headerLength + routeLength + 2, as: UInt16.self)
            bytes[(headerLength + routeLength + 4)...].copyBytes(from: octets)
        }
        return bytes
    }

    /// Whether the route of an answer leads to this machine; nil for what is no answer to that request.
    ///
    /// An error says that there is no route; one to the machine itself there always is.
    static func answer(in bytes: ArraySlice<UInt8>, sequence: UInt32) -> Bool? {
        bytes.withUnsafeBytes { bytes in
            guard bytes.count >= headerLength,
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self) == sequence
            else { return nil }
            switch bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self) {
            case isError: return false
            case newRoute:
                // `rtm_type` is the eighth byte of a `struct rtmsg`.
                guard bytes.count >= headerLength + routeLength else { return nil }
                return bytes[headerLength + 7] == local
            default: return nil
            }
        }
    }
}
