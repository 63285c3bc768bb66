import CheckIO
import Glibc

/// The log of a director: lines are gathered during a turn of the loop and written at its end.
///
/// It never waits and never fails: what cannot be written is counted, and the next line that can be is preceded by a word
/// on those that are missing.
final class DaemonLog {
    private let instance: String
    private var target: LogTarget
    private var syslog: SyslogSocket?
    private var lines: [String] = []
    private var lost = 0
    private var reason = ""

    /// The most lines that wait for the end of a turn.
    private static let capacity = 20_000

    init(instance: String, target: LogTarget) {
        self.instance = instance
        self.target = target
        setUp()
    }

    /// The file that lines go to, as a message has it; empty for a stream.
    var place: String {
        if case .file(let path) = target { " \(path)" } else { "" }
    }

    /// Writes the lines from here on elsewhere.
    func change(to target: LogTarget) {
        guard target != self.target else { return }
        flush()
        self.target = target
        setUp()
    }

    /// Notes a line; several are written one after the other.
    func write(_ text: String) {
        for line in text.split(separator: "\n") where !line.isEmpty {
            if lines.count == Self.capacity { flush() }
            lines.append(String(line))
        }
    }

    /// Writes what was noted.
    ///
    /// - Returns: why lines were lost just now; nil when none was.
    @discardableResult
    func flush() -> String? {
        guard !lines.isEmpty else { return nil }
        defer { lines.removeAll(keepingCapacity: lines.count < 1000) }
        let time = CalendarTime()
        if lost > 0 { lines.insert("\(lost) log lines were lost: \(reason)", at: 0) }
        guard let number = send(at: time) else {
            lost = 0
            return nil
        }
        lost += lines.count - (lost > 0 ? 1 : 0)
        reason = String(cString: strerror(number))
        return reason
    }

    private func setUp() {
        syslog = if case .syslog(let facility) = target { SyslogSocket(facility: facility) } else { nil }
    }

    private func send(at time: CalendarTime) -> Int32? {
        let sink: LineSink
        let prefix: String
        switch target {
        case .file(let path):
            sink = .file(path)
            prefix = "[\(time.text)|\(instance)|\(getpid())] "
        case .syslog:
            for line in lines {
                if let number = syslog?.send(line, at: time) { return number }
            }
            return nil
        case .journal:
            sink = .stream(STDERR_FILENO)
            prefix = "<6>"
        case .standardOutput:
            sink = .stream(STDOUT_FILENO)
            prefix = "[\(time.text)] "
        case .standardError:
            sink = .stream(STDERR_FILENO)
            prefix = "[\(time.text)|\(instance)|\(getpid())] "
        }
        var bytes: [UInt8] = []
        for line in lines {
            bytes += prefix.utf8
            bytes += line.utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return sink.write(bytes)?.number
    }
}
