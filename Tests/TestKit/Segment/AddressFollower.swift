import Addresses
import CLinux
import Glibc
import Synchronization

/// Hears of the addresses that a host is given and loses.
final class AddressFollower: Sendable {
    private let isOver = Atomic<Bool>(false)
    private let descriptor: Int32

    /// Begins in the namespace of the calling thread.
    init(host: String, timeline: Timeline) throws {
        descriptor = clinux_follow_addresses()
        guard descriptor >= 0 else { throw Namespace.Failure(step: "netlink", number: errno) }
        _ = try BackgroundWork { [self] in hear(host, timeline) }
    }

    deinit {
        close(descriptor)
    }

    func end() {
        isOver.store(true, ordering: .relaxed)
    }

    private func hear(_ host: String, _ timeline: Timeline) {
        var buffer = [UInt8](repeating: 0, count: 32 << 10)
        while !isOver.load(ordering: .relaxed) {
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 100) > 0 else { continue }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            let moment = timeline.now
            var start = 0
            while count - start >= 24 {
                let (length, type) = buffer.withUnsafeBytes {
                    (
                        Int($0.loadUnaligned(fromByteOffset: start, as: UInt32.self)),
                        $0.loadUnaligned(fromByteOffset: start + 4, as: UInt16.self)
                    )
                }
                guard length >= 24, length <= count - start else { break }
                // RTM_NEWADDR and RTM_DELADDR.
                if type == 20 || type == 21, let address = Self.address(buffer[start..<start + length]) {
                    timeline.add(.address(address, isThere: type == 20), of: host, at: moment)
                }
                start += (length + 3) & ~3
            }
        }
    }

    /// The address of a message: its own end of a point-to-point link, where it tells both.
    private static func address(_ message: ArraySlice<UInt8>) -> IPAddress? {
        let bytes = Array(message)
        var found: IPAddress?
        var start = 24
        while start + 4 <= bytes.count {
            let length = Int(bytes[start]) | Int(bytes[start + 1]) << 8
            let type = Int(bytes[start + 2]) | Int(bytes[start + 3]) << 8
            guard length >= 4, start + length <= bytes.count else { break }
            let value = bytes[start + 4..<start + length]
            // IFA_ADDRESS, and IFA_LOCAL, which counts where it is there.
            if type == 2 || (type == 1 && found == nil) { found = address(of: Array(value)) ?? found }
            start += (length + 3) & ~3
        }
        return found
    }

    private static func address(of bytes: [UInt8]) -> IPAddress? {
        func number(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        return switch bytes.count {
        case 4: .v4(IPv4Address(value: UInt32(number(bytes[...]))))
        case 16: .v6(IPv6Address(high: number(bytes[..<8]), low: number(bytes[8...])))
        default: nil
        }
    }
}
