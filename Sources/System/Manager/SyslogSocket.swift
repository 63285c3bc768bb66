import Glibc
import Synchronization

/// The local syslog, spoken to without ever waiting for it; finding it may take as long as its file system likes.
package final class SyslogSocket: Sendable {
    /// The facilities by their names.
    private static let facilities: [String: Int] = [
        "kern": 0, "user": 1, "mail": 2, "daemon": 3, "auth": 4, "syslog": 5, "lpr": 6, "news": 7, "uucp": 8, "cron": 9,
        "authpriv": 10, "ftp": 11, "local0": 16, "local1": 17, "local2": 18, "local3": 19, "local4": 20, "local5": 21,
        "local6": 22, "local7": 23,
    ]
    private static let information = 6

    private let priority: Int
    private let tag: String
    private let path: String
    private let socket = Mutex<Int32>(-1)

    /// Speaks under a facility, an unknown one counting as `daemon`, for the program of that name.
    package init(facility: String, tag: String, path: String = "/dev/log") {
        self.tag = tag
        priority = (Self.facilities[facility.lowercased()] ?? 3) * 8 + Self.information
        self.path = path
    }

    deinit {
        socket.withLock { if $0 >= 0 { close($0) } }
    }

    /// What stands before a text in a message.
    package func head(at time: CalendarTime) -> String {
        "<\(priority)>\(time.syslogText) \(tag)[\(getpid())]: "
    }

    /// Sends a text; the error number when it is lost.
    package func send(_ text: String, at time: CalendarTime) -> Int32? {
        send(message: head(at: time) + text)
    }

    /// Sends a message with its head; the error number when it is lost.
    package func send(message text: String) -> Int32? {
        let message = Array(text.utf8)
        return socket.withLock { descriptor in
            // After a restart of syslog the old connection leads nowhere.
            for isRetry in [false, true] {
                if descriptor < 0 {
                    switch connect() {
                    case .success(let opened): descriptor = opened
                    case .failure(let failure): return failure.number
                    }
                }
                if Glibc.send(descriptor, message, message.count, Int32(MSG_NOSIGNAL)) >= 0 { return nil }
                let number = errno
                guard !isRetry, number != EAGAIN else { return number }
                close(descriptor)
                descriptor = -1
            }
            return nil
        }
    }

    private func connect() -> Result<Int32, SystemFailure> {
        var address = sockaddr_un()
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            return .failure(SystemFailure(call: "connect", number: ENAMETOOLONG))
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let opened = Glibc.socket(AF_UNIX, kind, 0)
        guard opened >= 0 else { return .failure(SystemFailure(call: "socket", number: errno)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(opened, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let number = errno
            close(opened)
            return .failure(SystemFailure(call: "connect", number: number))
        }
        return .success(opened)
    }
}
