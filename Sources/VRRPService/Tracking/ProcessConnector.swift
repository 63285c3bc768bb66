import CLinux
import Glibc
import System
import Time

/// The kernel's news of processes that begin (`NETLINK_CONNECTOR`), where it has them: in the first namespace of the machine, for one
/// with CAP_NET_ADMIN.
final class ProcessConnector {
    /// What is told.
    enum Matter: Hashable {
        /// A process began, runs another program or has another name.
        case began(Int32)
        /// There was too much to tell.
        case lost
    }

    private let loop: EventLoop
    private let socket: Descriptor
    private let tell: (Matter) -> Void
    private var watch: Watch?
    /// On a machine that starts programs without end each one is not looked at: the looks each second see them.
    private var allowance = Allowance(burst: 200, rate: 100)
    private var buffer = [UInt8](repeating: 0, count: 8192)

    /// Asks for the news.
    ///
    /// - Throws: `SystemFailure` where the kernel does not tell them.
    init(on loop: EventLoop, tell: @escaping (Matter) -> Void) throws(SystemFailure) {
        self.loop = loop
        self.tell = tell
        socket = try Descriptor(of: "socket", clinux_follow_processes())
        watch = try loop.watch(socket.number, for: .readable) { [weak self] _ in self?.read() }
    }

    deinit {
        if let watch { loop.end(watch) }
    }

    private func read() {
        for _ in 0..<64 {
            let count = recv(socket.number, &buffer, buffer.count, 0)
            if count < 0, errno == ENOBUFS {
                if allowance.admit(at: loop.now) { tell(.lost) }
                continue
            }
            guard count > 0 else { return }
            for process in Self.beginnings(in: buffer[..<count]) where allowance.admit(at: loop.now) {
                tell(.began(process))
            }
        }
    }

    /// The processes that a datagram tells of as new, or as another program or name than before.
    ///
    /// Each message has a header of netlink (16 bytes), one of the connector (20), the kind of event, the processor, the time, and
    /// numbers that depend on the kind (`struct proc_event`).
    static func beginnings(in bytes: ArraySlice<UInt8>) -> [Int32] {
        var found: [Int32] = []
        var start = bytes.startIndex
        func number(_ offset: Int) -> UInt32 {
            let place = start + offset
            guard place + 4 <= bytes.endIndex else { return 0 }
            return bytes[place..<place + 4].withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
        }
        while bytes.endIndex - start >= 16 {
            let length = Int(number(0))
            guard length >= 16, length <= bytes.endIndex - start else { break }
            if length >= 36 + 16 + 16 {
                switch number(36) {
                // A fork: the child's thread and process come behind the parent's. Threads of one process are no processes.
                case 1 where number(60) == number(64): found.append(Int32(bitPattern: number(64)))
                case 2 where length >= 60, 0x200 where number(52) == number(56):
                    found.append(Int32(bitPattern: number(56)))
                default: break
                }
            }
            start += (length + 3) & ~3
            if start >= bytes.endIndex { break }
        }
        return found
    }
}
