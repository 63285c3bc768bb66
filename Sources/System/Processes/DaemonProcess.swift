import Glibc

/// A process that runs a daemon.
package struct DaemonProcess: Hashable {
    /// Its number.
    package let id: Int32
    /// When it started, in ticks of the kernel: another process with the same number has another time.
    private let startTime: String

    /// The process of that number; nil when there is none, or when it has ended and nobody has taken note.
    package init?(id: Int32) {
        guard id > 0, let startTime = Self.startTime(of: id) else { return nil }
        self.id = id
        self.startTime = startTime
    }

    /// Whether it still runs.
    package var isAlive: Bool { Self.startTime(of: id) == startTime }

    /// Sends a signal.
    ///
    /// - Throws: `SystemFailure` of `kill`.
    package func signal(_ number: Int32) throws(SystemFailure) {
        guard kill(id, number) == 0 else { throw .last("kill") }
    }

    /// Waits until it has ended, but no longer than that.
    ///
    /// - Returns: whether it has ended.
    package func waitForEnd(atMost limit: Duration) -> Bool {
        Waiting.until(limit) { !isAlive }
    }

    /// Field 22 of `/proc/ID/stat`; nil when there is no process or no more than its remains.
    private static func startTime(of id: Int32) -> String? {
        guard let text = SystemFile.text("/proc/\(id)/stat"), let name = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return String(fields[19])
    }
}
