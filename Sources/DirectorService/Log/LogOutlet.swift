import Glibc
import System

/// One of the places that the lines of a log go to, with what was lost on the way there.
final class LogOutlet {
    /// Where they go.
    private(set) var target: LogTarget
    /// The name of the instance, which lines in files have.
    private let instance: String
    /// The socket of syslog; nil where they go elsewhere.
    private var syslog: SyslogSocket?
    private let scribe: Scribe
    private let losses = LineLosses()

    /// The most bytes that wait for a disk.
    private static let waitingCapacity = 4 << 20

    /// Opens a place.
    ///
    /// - Parameters:
    ///   - instance: the name of the instance, for the lines of files.
    ///   - tag: the name of the program for syslog.
    /// - Throws: `SystemFailure` of `eventfd`.
    init(_ target: LogTarget, instance: String, tag: String) throws(SystemFailure) {
        self.target = target
        self.instance = instance
        scribe = try Scribe(capacity: Self.waitingCapacity)
        change(to: target, tag: tag)
    }

    /// Has the lines from here on written elsewhere.
    func change(to target: LogTarget, tag: String) {
        self.target = target
        syslog = if case .syslog(let facility) = target { SyslogSocket(facility: facility, tag: tag) } else { nil }
    }

    /// Has lines written behind those before.
    func lay(_ lines: [String], at time: CalendarTime) {
        guard let batch = batch(of: lines, at: time) else { return }
        let isTaken = scribe.lay(load: batch.load) { [losses] in batch.write(losses) }
        if !isTaken { losses.note(lines.count, because: "the log stood still") }
    }

    /// Waits until all is written, but no longer than that.
    ///
    /// - Returns: why lines are lost or have to wait; nil when all are written.
    func settle(within limit: Duration) -> String? {
        scribe.settle(within: limit) ? losses.reason : "it stands still"
    }

    /// The lines on their way; nil where nobody reads them.
    private func batch(of lines: [String], at time: CalendarTime) -> LineBatch? {
        let head = "[\(time.text)|\(instance)|\(getpid())] "
        let (prefix, sink): (String, LineSink)
        switch target {
        case .file(let path): (prefix, sink) = (head, .file(path))
        case .plainFile(let path): (prefix, sink) = ("\(time.text): ", .file(path))
        case .standardError: (prefix, sink) = (head, .stream(STDERR_FILENO))
        case .console: (prefix, sink) = ("\(time.text): ", .stream(STDERR_FILENO))
        case .journal: (prefix, sink) = ("<6>", .stream(STDERR_FILENO))
        case .standardOutput: (prefix, sink) = ("[\(time.text)] ", .stream(STDOUT_FILENO))
        case .nowhere: return nil
        case .syslog:
            return syslog.map { LineBatch(lines: lines, prefix: $0.head(at: time), target: .syslog($0)) }
        }
        return LineBatch(lines: lines, prefix: prefix, target: .sink(sink))
    }
}
