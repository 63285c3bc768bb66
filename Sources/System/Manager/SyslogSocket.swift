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
    /// Nil until there is a descriptor for it.
    private let socket = Mutex<UnixDatagramSocket?>(nil)

    /// Speaks under a facility, an unknown one counting as `daemon`, for the program of that name.
    package init(facility: String, tag: String, path: String = "/dev/log") {
        self.tag = tag
        priority = (Self.facilities[facility.lowercased()] ?? 3) * 8 + Self.information
        self.path = path
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
        socket.withLock { socket in
            do throws(SystemFailure) {
                if socket == nil { socket = try UnixDatagramSocket(to: path) }
                try socket?.send(text)
                return nil
            } catch {
                return error.number
            }
        }
    }
}
