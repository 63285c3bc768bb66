import Director
import Glibc
import System

/// The log of a director: lines are gathered during a turn of the loop and handed to a thread that writes them.
///
/// It never waits and never fails: what cannot be written is counted, and the next line that can be is preceded by a word
/// on those that are missing.
final class DaemonLog {
    /// Puts into words what happens to the process.
    var voice: any Voice
    private let instance: String
    private var target: LogTarget
    private var syslog: SyslogSocket?
    private var lines: [String] = []
    private let scribe: Scribe
    private let losses = LineLosses()

    /// The most lines that wait for the end of a turn.
    private static let capacity = 20_000
    /// The most bytes that wait for a disk.
    private static let waitingCapacity = 4 << 20

    /// - Throws: `SystemFailure` of `eventfd`.
    init(instance: String, target: LogTarget, voice: any Voice) throws(SystemFailure) {
        self.instance = instance
        self.voice = voice
        self.target = target
        scribe = try Scribe(capacity: Self.waitingCapacity)
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

    /// Notes what happens to the process.
    func tell(_ event: DaemonEvent) {
        for line in voice.lines(for: event) { write(line) }
    }

    /// Has written what was noted.
    func flush() {
        guard !lines.isEmpty else { return }
        defer { lines.removeAll(keepingCapacity: lines.count < 1000) }
        let batch = batch(at: CalendarTime())
        let isTaken = scribe.lay(load: batch.load) { [losses] in batch.write(losses) }
        if !isTaken { losses.note(lines.count, because: "the log stood still") }
    }

    /// Has written what was noted, and waits for it, but no longer than that.
    ///
    /// - Returns: why lines are lost or have to wait; nil when all are written.
    @discardableResult
    func settle(within limit: Duration = .seconds(2)) -> String? {
        flush()
        return scribe.settle(within: limit) ? losses.reason : "it stands still"
    }

    private func setUp() {
        syslog =
            if case .syslog(let facility) = target { SyslogSocket(facility: facility, tag: "ldirectord") } else { nil }
    }

    private func batch(at time: CalendarTime) -> LineBatch {
        let head = "[\(time.text)|\(instance)|\(getpid())] "
        let (prefix, destination): (String, LineBatch.Target) =
            switch (target, syslog) {
            case (.file(let path), _): (head, .sink(.file(path)))
            case (.syslog, let syslog?): (syslog.head(at: time), .syslog(syslog))
            case (.syslog, nil), (.standardError, _): (head, .sink(.stream(STDERR_FILENO)))
            case (.journal, _): ("<6>", .sink(.stream(STDERR_FILENO)))
            case (.standardOutput, _): ("[\(time.text)] ", .sink(.stream(STDOUT_FILENO)))
            }
        return LineBatch(lines: lines, prefix: prefix, target: destination)
    }
}
