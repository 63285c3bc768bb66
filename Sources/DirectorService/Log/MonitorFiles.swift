import CheckIO
import Director
import Glibc

/// The files that get a line for each result of a check: gathered, and written a few times a second.
final class MonitorFiles {
    private var waiting: [String: [UInt8]] = [:]
    private var broken: Set<String> = []
    private var time = CalendarTime()
    private var timeOfTurn: Int64 = .min

    /// The most bytes that wait for one file.
    private static let capacity = 1 << 20

    /// Notes a line; `turn` tells one moment from another, so that the time of day is asked for once in each.
    func note(_ line: MonitorLine, turn: Int64) {
        if turn != timeOfTurn {
            time = CalendarTime()
            timeOfTurn = turn
        }
        let text = "[\(time.text)] [\(getpid())] \(line.text)\n"
        var bytes = waiting[line.file] ?? []
        waiting[line.file] = nil
        if bytes.count < Self.capacity { bytes += text.utf8 }
        waiting[line.file] = bytes
    }

    /// Writes what was noted.
    ///
    /// - Returns: a line for the log for each file that cannot be written any more, or can again.
    func flush() -> [String] {
        var lines: [String] = []
        for (file, bytes) in waiting {
            if let failure = LineSink.file(file).write(bytes) {
                if broken.insert(file).inserted {
                    lines.append("Error writing to monitorfile '\(file)': \(failure.message)")
                }
            } else if broken.remove(file) != nil {
                lines.append("monitorfile '\(file)' is written again")
            }
        }
        waiting.removeAll(keepingCapacity: true)
        return lines.sorted()
    }

    /// Forgets which files could not be written, so that they are reported again.
    func forgetFailures() {
        broken = []
    }
}
