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
    /// The name of the program for syslog.
    private var tag: String
    /// Where lines go, the place that the configuration may choose first.
    private let outlets: [LogOutlet]
    private var lines: [String] = []

    /// The most lines that wait for the end of a turn.
    private static let capacity = 20_000

    /// Makes a log for some places, at least one.
    ///
    /// - Throws: `SystemFailure` of `eventfd`.
    init(
        instance: String,
        target: LogTarget,
        and others: [LogTarget] = [],
        tag: String = "ldirectord",
        voice: any Voice
    ) throws(SystemFailure) {
        self.voice = voice
        self.tag = tag
        var outlets: [LogOutlet] = []
        for target in [target] + others { outlets.append(try LogOutlet(target, instance: instance, tag: tag)) }
        self.outlets = outlets
    }

    /// The file that lines go to, as a message has it; empty for a stream.
    var place: String {
        switch outlets.first?.target {
        case .file(let path), .plainFile(let path): " \(path)"
        case .syslog, .journal, .standardOutput, .standardError, .console, .nowhere, nil: ""
        }
    }

    /// Writes the lines from here on elsewhere, and under that name to syslog.
    func change(to target: LogTarget, tag: String) {
        guard target != outlets.first?.target || tag != self.tag else { return }
        flush()
        self.tag = tag
        for (index, outlet) in outlets.enumerated() { outlet.change(to: index == 0 ? target : outlet.target, tag: tag) }
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
        let time = CalendarTime()
        for outlet in outlets { outlet.lay(lines, at: time) }
    }

    /// Has written what was noted, and waits for it, but no longer than that for each place.
    ///
    /// - Returns: why lines are lost or have to wait; nil when all are written.
    @discardableResult
    func settle(within limit: Duration = .seconds(2)) -> String? {
        flush()
        return outlets.reduce(nil) { reason, outlet in
            let other = outlet.settle(within: limit)
            return reason ?? other
        }
    }
}
