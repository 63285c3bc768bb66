import CLinux
import Glibc
package import System

/// One end of a line between two processes of this machine: texts of any length, whole and in order, in both directions.
///
/// It never waits: what the other side does not read is kept up to a limit, and refused beyond. A text travels in packets of a
/// `SOCK_SEQPACKET`, the first byte of which tells whether more of the text follows.
package final class ControlEnd {
    /// What came of the line.
    package enum Matter {
        /// The other side said this.
        case text([UInt8])
        /// The line has ended, by the other side or for that reason; nothing more is told.
        case ended(SystemFailure?)
    }

    /// The longest text that is taken: more than the largest configuration.
    package static let longestText = 8 << 20
    private static let longestPart = 32 << 10
    /// The packets that are read in one turn of the loop.
    private static let patience = 64

    private let loop: EventLoop
    private let socket: Descriptor
    private let limit: Int
    private let tell: (Matter) -> Void
    private var watch: Watch?
    private var packets: [[UInt8]] = []
    private var first = 0
    private var isFull = false
    private var text: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: longestPart + 2)

    /// The bytes that the other side has not read.
    package private(set) var waiting = 0

    /// Takes over a connected socket.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that wait for the other side.
    ///   - tell: is called in turns of the loop.
    /// - Throws: `SystemFailure` of `fcntl` or `epoll_ctl`.
    package init(
        _ socket: consuming Descriptor,
        on loop: EventLoop,
        limit: Int,
        tell: @escaping (Matter) -> Void
    ) throws(SystemFailure) {
        let number = socket.number
        guard fcntl(number, F_SETFL, O_NONBLOCK) == 0, fcntl(number, F_SETFD, FD_CLOEXEC) == 0 else {
            throw .last("fcntl")
        }
        self.loop = loop
        self.limit = limit
        self.tell = tell
        self.socket = socket
        watch = try loop.watch(number, for: .readable) { [weak self] in self?.ready($0) }
    }

    deinit {
        if let watch { loop.end(watch) }
    }

    /// Ends the line; nothing more is told.
    package func end() {
        guard let watch else { return }
        loop.end(watch)
        self.watch = nil
        shutdown(socket.number, Int32(SHUT_RDWR))
        packets = []
        waiting = 0
    }

    /// Sends a text, or keeps it until the other side reads.
    ///
    /// - Returns: whether there was room for it; there always is while nothing waits.
    package func send(_ text: [UInt8]) -> Bool {
        guard watch != nil, waiting == 0 || waiting + text.count <= limit else { return false }
        var start = 0
        repeat {
            let end = min(start + Self.longestPart, text.count)
            packets.append([end == text.count ? 1 : 0] + text[start..<end])
            waiting += end - start + 1
            start = end
        } while start < text.count
        flush()
        return true
    }

    // MARK: The socket

    private func ready(_ readiness: Readiness) {
        if readiness.contains(.writable) { flush() }
        if readiness.isDisjoint(with: [.readable, .hungUp, .failed]) { return }
        for _ in 0..<Self.patience where watch != nil {
            let count = recv(socket.number, &buffer, buffer.count, Int32(MSG_TRUNC))
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return }
            guard count > 0 else { return fail(count == 0 ? nil : .last("recv")) }
            guard count <= Self.longestPart + 1, text.count + count <= Self.longestText else {
                return fail(SystemFailure(call: "recv", number: EMSGSIZE))
            }
            text += buffer[1..<count]
            guard buffer[0] != 0 else { continue }
            let whole = text
            text = []
            tell(.text(whole))
        }
    }

    private func flush() {
        while first < packets.count {
            let packet = packets[first]
            let count = Glibc.send(socket.number, packet, packet.count, Int32(MSG_NOSIGNAL))
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN || errno == ENOBUFS { break }
            // What failed is found out by reading, which tells of it.
            guard count >= 0 else { return follow(isFull: false) }
            waiting -= packet.count
            first += 1
        }
        if first == packets.count {
            packets = []
            first = 0
        } else if first > 1_000 {
            packets.removeFirst(first)
            first = 0
        }
        follow(isFull: !packets.isEmpty)
    }

    private func follow(isFull: Bool) {
        guard let watch, isFull != self.isFull else { return }
        do throws(SystemFailure) {
            try loop.change(watch, to: isFull ? [.readable, .writable] : .readable)
            self.isFull = isFull
        } catch {
            fail(error)
        }
    }

    private func fail(_ failure: SystemFailure?) {
        guard watch != nil else { return }
        end()
        tell(.ended(failure))
    }
}
