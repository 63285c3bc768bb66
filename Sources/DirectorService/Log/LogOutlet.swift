import Glibc
import System

/// One of the places that the lines of a log go to, with what was lost on the way there.
final class LogOutlet {
    /// Where they go.
    private(set) var target: LogTarget
    /// The name of the instance, which lines in files have.
    private let instance: String
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
        if target == .nowhere { return }
        let batch = batch(of: lines, at: time)
        let isTaken = scribe.lay(load: batch.load) { [losses] in batch.write(losses) }
        if !isTaken { losses.note(lines.count, because: "the log stood still") }
    }

    /// Waits until all is written, but no longer than that.
    ///
    /// - Returns: why lines are lost or have to wait; nil when all are written.
    func settle(within limit: Duration) -> String? {
        scribe.settle(within: limit) ? losses.reason : "it stands still"
    }

    private func batch(of lines: [String], at time: CalendarTime) -> LineBatch {
        let head = "[\(time.text)|\(instance)|\(getpid())] "
        let (prefix, destination): (String, LineBatch.Target) =
            switch (target, syslog) {
            case (.file(let path), _): (head, .sink(.file(path)))
            case (.plainFile(let path), _): ("\(time.text): ", .sink(.file(path)))
            case (.syslog, let syslog?): (syslog.head(at: time), .syslog(syslog))
            case (.syslog, nil), (.standardError, _): (head, .sink(.stream(STDERR_FILENO)))
            case (.console, _): ("\(time.text): ", .sink(.stream(STDERR_FILENO)))
            case (.journal, _): ("<6>", .sink(.stream(STDERR_FILENO)))
            case (.nowhere, _): ("", .sink(.file("/dev/null")))
            case (.standardOutput, _): ("[\(time.text)] ", .sink(.stream(STDOUT_FILENO)))
            }
        return LineBatch(lines: lines, prefix: prefix, target: destination)
    }
}
