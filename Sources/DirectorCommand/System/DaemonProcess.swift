import AdminCommand
import Glibc

/// A process that runs a director.
struct DaemonProcess: Hashable {
    /// Its number.
    let id: pid_t
    /// When it started, in ticks of the kernel: another process with the same number has another time.
    private let startTime: String

    /// The process of that number; nil when there is none, when it has ended and nobody has taken note, or when it runs
    /// something else.
    init?(id: pid_t) {
        guard id > 0, let startTime = Self.startTime(of: id), Self.isDirector(id) else { return nil }
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

    /// Whether the process runs this program, or one by the name of ldirectord or directrix, or a script of that name.
    private static func isDirector(_ id: pid_t) -> Bool {
        if let program = SystemFile.linkTarget("/proc/\(id)/exe"), program == SystemFile.linkTarget("/proc/self/exe") {
            return true
        }
        guard let line = SystemFile.text("/proc/\(id)/cmdline", limit: 1 << 21) else { return false }
        let words = line.split(separator: "\0")
        guard let program = words.first.map(lastPart) else { return false }
        if names.contains(program) { return true }
        let script = words.dropFirst().first { !$0.hasPrefix("-") }
        return program.hasPrefix("perl") && script.map { names.contains(lastPart($0)) } == true
    }

    private static let names: Set<Substring> = ["ldirectord", "directrix"]

    /// The last part of a path, up to the first blank: some daemons write more than their name there.
    private static func lastPart(_ word: Substring) -> Substring {
        let program = word.prefix { $0 != " " }
        return program.split(separator: "/").last ?? program
    }
}
