import Addresses
import CLinux
import Glibc
import Synchronization

/// Hears on a port of a bridge what the host behind it sends: the port names the sender, whatever the packet says.
final class SegmentCapture: Sendable {
    private let isOver = Atomic<Bool>(false)
    private let descriptor: Int32

    /// Begins in the namespace of the calling thread.
    ///
    /// - Parameter port: the name of the interface that leads to the host.
    init(port: String, host: String, timeline: Timeline) throws {
        // ETH_P_ALL, in the order of bytes of the network.
        descriptor = socket(AF_PACKET, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), Int32(UInt16(3).bigEndian))
        guard descriptor >= 0 else { throw Namespace.Failure(step: "socket", number: errno) }
        var size: Int32 = 8 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, 4)
        var patience = timeval(tv_sec: 0, tv_usec: 100_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, 4)
        guard clinux_bind_frames(descriptor, if_nametoindex(port)) == 0 else {
            throw Namespace.Failure(step: "bind", number: errno)
        }
        _ = try BackgroundWork { [self] in hear(host, timeline) }
    }

    deinit {
        close(descriptor)
    }

    func end() {
        isOver.store(true, ordering: .relaxed)
    }

    private func hear(_ host: String, _ timeline: Timeline) {
        var buffer = [UInt8](repeating: 0, count: 2_048)
        while !isOver.load(ordering: .relaxed) {
            let frame = clinux_take_frame(descriptor, &buffer, buffer.count)
            // Frames that leave by a port came in by another one.
            guard frame.length > 0, frame.kind != 4 else { continue }
            guard let matter = Self.matter(of: buffer[..<min(frame.length, buffer.count)]) else { continue }
            timeline.add(matter, of: host, at: timeline.moment(ofWall: Double(frame.arrival) / 1e9))
        }
    }

    private static func matter(of frame: ArraySlice<UInt8>) -> TimelineEntry.Matter? {
        let bytes = Array(frame)
        guard bytes.count >= 42 else { return nil }
        switch (bytes[12], bytes[13]) {
        case (0x08, 0x06):
            let (sender, target) = (v4(bytes, 28), v4(bytes, 38))
            return sender == target ? .announcement(sender) : nil
        case (0x08, 0x00):
            let head = 14 + Int(bytes[14] & 0xf) * 4
            // An authentication header stands between IP and VRRP.
            let start = bytes[23] == 51 ? head + 24 : head
            guard bytes[23] == 112 || bytes[23] == 51, bytes.count >= start + 8 else { return nil }
            return advertisement(bytes, start, from: v4(bytes, 26), to: v4(bytes, 30))
        case (0x86, 0xdd):
            guard bytes.count >= 62 else { return nil }
            if bytes[20] == 112 { return advertisement(bytes, 54, from: v6(bytes, 22), to: v6(bytes, 38)) }
            // An unsolicited neighbour advertisement goes to all.
            guard bytes[20] == 58, bytes[54] == 136, bytes.count >= 78, bytes[38] == 0xff else { return nil }
            return .announcement(v6(bytes, 62))
        default: return nil
        }
    }

    private static func advertisement(
        _ bytes: [UInt8],
        _ start: Int,
        from source: IPAddress,
        to destination: IPAddress
    ) -> TimelineEntry.Matter {
        .advertisement(
            version: bytes[start] >> 4,
            routerID: bytes[start + 1],
            priority: bytes[start + 2],
            source: source,
            destination: destination
        )
    }

    private static func v4(_ bytes: [UInt8], _ start: Int) -> IPAddress {
        .v4(IPv4Address(value: bytes[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }))
    }

    private static func v6(_ bytes: [UInt8], _ start: Int) -> IPAddress {
        func half(_ start: Int) -> UInt64 { bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        return .v6(IPv6Address(high: half(start), low: half(start + 8)))
    }
}
