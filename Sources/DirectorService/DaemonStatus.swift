/// What a running director says of itself in its status file: lines of `key=value`.
///
/// The file is replaced as a whole; it is removed when the director stops.
package struct DaemonStatus: Hashable, Sendable {
    /// What a director is doing.
    package enum Phase: String, Hashable, Sendable {
        /// Some server has not had its first verdict.
        case starting
        case running
        /// The file is being read again.
        case reloading
        case stopping
    }

    /// What became of the last time that the file was read.
    package enum Outcome: String, Hashable, Sendable {
        /// It is in force.
        case loaded
        /// It has errors, and what was in force before still is.
        case failed
    }

    /// The process.
    package var pid: Int32
    /// The path of the configuration file.
    package var configuration: String
    /// What it is doing.
    package var phase = Phase.starting
    /// How often reading the file again has ended, with either outcome; a reload is over when this has grown.
    package var reloads = 0
    /// What became of the last reading.
    package var outcome = Outcome.loaded
    /// The lines of the diagnostics of the last reading.
    package var messages: [String] = []
    /// What others removed from the kernel's table and is not back, in words for people.
    package var missing: [String] = []

    /// The most lines of diagnostics that are written.
    static let messageLimit = 1000
    /// The most of what is missing that is written.
    static let missingLimit = 100

    /// Makes the status of a director that has just read its file.
    package init(pid: Int32, configuration: String) {
        self.pid = pid
        self.configuration = configuration
    }

    /// Reads what `text` gives; nil when that is not the text of a status.
    package init?(_ text: String) {
        var values: [Substring: Substring] = [:]
        var messages: [String] = []
        var missing: [String] = []
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { return nil }
            let (key, value) = (line[..<equals], line[line.index(after: equals)...])
            switch key {
            case "message": messages.append(String(value))
            case "missing": missing.append(String(value))
            default: values[key] = value
            }
        }
        guard let pid = values["pid"].flatMap({ Int32($0) }), let configuration = values["configuration"],
            let phase = values["phase"].flatMap({ Phase(rawValue: String($0)) }),
            let reloads = values["reloads"].flatMap({ Int($0) }),
            let outcome = values["outcome"].flatMap({ Outcome(rawValue: String($0)) })
        else { return nil }
        self.init(pid: pid, configuration: String(configuration))
        self.phase = phase
        self.reloads = reloads
        self.outcome = outcome
        self.messages = messages
        self.missing = missing
    }

    /// The contents of the file.
    package var text: String {
        var lines =
            [
                "pid=\(pid)", "configuration=\(Self.oneLine(configuration))", "phase=\(phase.rawValue)",
                "reloads=\(reloads)", "outcome=\(outcome.rawValue)",
            ] + messages.prefix(Self.messageLimit).map { "message=\(Self.oneLine($0))" }
        lines += missing.prefix(Self.missingLimit).map { "missing=\(Self.oneLine($0))" }
        if missing.count > Self.missingLimit { lines.append("missing=\(missing.count - Self.missingLimit) more") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
