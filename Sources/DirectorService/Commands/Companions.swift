import System

/// The other directors that are started, stopped and told to reload with this one: `execute`.
///
/// They are daemons of their own, reached through their command.
final class Companions {
    private let queue: CommandQueue
    private let command: [String]
    private let log: DaemonLog
    private var names: [String] = []

    /// The time that a command of a companion may take; starting one waits for its names.
    private static let timeout = Duration.seconds(60)

    init(queue: CommandQueue, command: [String], log: DaemonLog) {
        self.queue = queue
        self.command = command
        self.log = log
    }

    /// Starts those that are new, stops those that are gone, and has the others read their files again.
    func change(to wanted: [String]) {
        for name in names where !wanted.contains(name) { run(name, "stop") }
        for name in wanted {
            guard names.contains(name) else {
                run(name, "start")
                continue
            }
            run(name, "reload") { [weak self] trouble in
                if trouble != nil { self?.run(name, "start") }
            }
        }
        names = wanted
    }

    /// Stops all.
    func stop() {
        for name in names { run(name, "stop") }
        names = []
    }

    private func run(_ name: String, _ word: String, then body: ((String?) -> Void)? = nil) {
        let line = (command + [name, word]).joined(separator: " ")
        guard let words = ProgramCommand(line: line) else { return }
        queue.enqueue(words, key: "execute \(name)", timeout: Self.timeout) { [log] result in
            log.tell(of: line, result)
            body?(result.trouble)
        }
    }
}
