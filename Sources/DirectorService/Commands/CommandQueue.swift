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

    /// The most programs that wait under one key; one more takes the place of the last.
    private static let capacity = 32

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
        queues[key, default: []].append(Entry(command: command, timeout: timeout, body: body))
        startNext(key)
    }

    private func startNext(_ key: String) {
        if running[key] == nil, var queue = queues[key] {
            let entry = queue.removeFirst()
            queues[key] = queue.isEmpty ? nil : queue
            running[key] = ChildProcess(on: loop, entry.command, timeout: entry.timeout) { [weak self] result in
                self?.running[key] = nil
                entry.body(result)
                self?.startNext(key)
            }
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
