import Console
import Glibc

/// A process that runs a director.
struct DaemonProcess: Hashable {
    /// Its number.
    let id: pid_t
    /// When it started, in ticks of the kernel: another process with the same number has another time.
    private let startTime: String

    /// The process of that number; nil when there is none, or when it has ended and nobody has taken note.
    init?(id: pid_t) {
        guard id > 0, let startTime = Self.startTime(of: id) else { return nil }
        self.id = id
        self.startTime = startTime
    }

    /// Whether it still runs.
    var isAlive: Bool { Self.startTime(of: id) == startTime }

    /// Sends a signal.
    func signal(_ number: Int32) throws(SystemError) {
        guard kill(id, number) == 0 else { throw .last }
    }

    /// Waits until it has ended, but no longer than that.
    ///
    /// - Returns: whether it has ended.
    func waitForEnd(atMost limit: Duration) -> Bool {
        Waiting.until(limit) { !isAlive }
    }

    /// Field 22 of `/proc/ID/stat`; nil when there is no process or no more than its remains.
    private static func startTime(of id: pid_t) -> String? {
        guard let text = SystemFile.text("/proc/\(id)/stat"), let name = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return String(fields[19])
    }
}
