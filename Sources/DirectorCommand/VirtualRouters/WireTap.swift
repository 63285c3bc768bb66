import CLinux
import Glibc
import System

/// The frames of an interface that have to do with virtual routers, in both directions.
struct WireTap: ~Copyable {
    private let descriptor: Descriptor
    private var room = [UInt8](repeating: 0, count: 1 << 16)

    /// A frame, and when it came by the wall clock since 1970.
    struct Frame {
        let bytes: [UInt8]
        let time: Duration
        /// Whether this machine has sent it.
        let isOwn: Bool
    }

    /// Listens on an interface.
    ///
    /// - Throws: `SystemFailure`: `ENODEV` where there is no such interface, `EPERM` for want of CAP_NET_RAW.
    init(on interface: String) throws(SystemFailure) {
        let index = if_nametoindex(interface)
        guard index > 0 else { throw SystemFailure(call: "if_nametoindex", number: ENODEV) }
        descriptor = try Descriptor(of: "socket", clinux_tap(index))
    }

    /// Waits for the next frame, at most so long; nil when none came.
    ///
    /// - Throws: `SystemFailure` of `poll` or `recvfrom`, as for an interface that goes away.
    mutating func next(within limit: Duration) throws(SystemFailure) -> Frame? {
        var wait = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        let milliseconds = Int32(clamping: limit / .milliseconds(1) < 1 ? 1 : Int(limit / .milliseconds(1)))
        let count = poll(&wait, 1, milliseconds)
        if count < 0, errno == EINTR { return nil }
        guard count >= 0 else { throw .last("poll") }
        guard count > 0 else { return nil }
        var isOwn: Int32 = 0
        let length = clinux_take_tapped(descriptor.number, &room, room.count, &isOwn)
        if length < 0, errno == EINTR || errno == EAGAIN { return nil }
        guard length >= 0 else { throw .last("recvfrom") }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Frame(
            bytes: Array(room.prefix(length)),
            time: .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec),
            isOwn: isOwn != 0
        )
    }
}
