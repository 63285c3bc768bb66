import CheckIO
import System

/// Programs that are run one after the other for each key, and beside each other for different ones.
final class CommandQueue {
    private struct Entry {
        let command: ProgramCommand
        let timeout: Duration
        let body: (Result<ProgramOutcome, StartFailure>) -> Void
    }

    private let loop: EventLoop
    private var queues: [String: [Entry]] = [:]
    private var running: [String: ChildProcess] = [:]
    /// The keys whose next program waits for room alone, in the order in which they came to it.
    private var ready: [String] = []

    /// The most programs that wait under one key; one more takes the place of the last.
    private static let capacity = 32
    /// The most programs that run at once.
    static let width = 100

    init(on loop: EventLoop) {
        self.loop = loop
    }

    /// Whether nothing runs or waits.
    var isIdle: Bool { running.isEmpty && queues.isEmpty }

    /// Runs a program when those before it have ended.
    ///
    /// - Parameters:
    ///   - timeout: the time after which it is ended.
    ///   - body: told how it ended, or why it could not be started; not called for one that gave way to another.
    func enqueue(
        _ command: ProgramCommand,
        key: String,
        timeout: Duration,
        _ body: @escaping (Result<ProgramOutcome, StartFailure>) -> Void
    ) {
        if let count = queues[key]?.count, count >= Self.capacity { queues[key]?.removeLast() }
        let isFirst = queues[key] == nil && running[key] == nil
        queues[key, default: []].append(Entry(command: command, timeout: timeout, body: body))
        if isFirst { ready.append(key) }
        startReady()
    }

    /// Ends the programs that run, by `SIGKILL`, and forgets those that wait.
    func end() {
        (queues, ready) = ([:], [])
        for program in running.values { program.end() }
    }

    private func startReady() {
        let count = min(Self.width - running.count, ready.count)
        guard count > 0 else { return }
        let keys = ready.prefix(count)
        ready.removeFirst(count)
        for key in keys { startNext(key) }
    }

    private func startNext(_ key: String) {
        guard var queue = queues[key] else { return }
        let entry = queue.removeFirst()
        queues[key] = queue.isEmpty ? nil : queue
        running[key] = ChildProcess(on: loop, entry.command, timeout: entry.timeout) { [weak self] result in
            guard let self else { return entry.body(result) }
            running[key] = nil
            if queues[key] != nil { ready.append(key) }
            entry.body(result)
            startReady()
        }
    }
}

extension Result where Success == ProgramOutcome, Failure == StartFailure {
    /// What went wrong, for people, and what the program said; nil when nothing went wrong.
    var trouble: String? {
        switch self {
        case .failure(let failure): failure.message
        case .success(let outcome) where outcome.isSuccess: nil
        case .success(let outcome): outcome.words.map { "\(outcome.manner): \($0)" } ?? outcome.manner
        }
    }

    /// What a program said that succeeded; nil for nothing.
    var words: String? {
        guard case .success(let outcome) = self, outcome.isSuccess else { return nil }
        return outcome.words
    }
}

extension ProgramOutcome {
    /// How it ended, for people.
    fileprivate var manner: String {
        if isTimedOut { return "not ended in time" }
        return switch end {
        case .exited(let status): "exit status \(status)"
        case .signalled(let number): "ended by signal \(number)"
        case .untold: "how it ended cannot be told"
        }
    }
}
