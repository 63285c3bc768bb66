import CheckIO

/// Programs that are run one after the other for each key, and beside each other for different ones.
final class CommandQueue {
    private struct Entry {
        let command: ProgramCommand
        let timeout: Duration
        let body: (Result<ProgramOutcome, SystemFailure>) -> Void
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
        _ body: @escaping (Result<ProgramOutcome, SystemFailure>) -> Void
    ) {
        if let count = queues[key]?.count, count >= Self.capacity { queues[key]?.removeLast() }
        queues[key, default: []].append(Entry(command: command, timeout: timeout, body: body))
        startNext(key)
    }

    private func startNext(_ key: String) {
        while running[key] == nil, var queue = queues[key] {
            let entry = queue.removeFirst()
            queues[key] = queue.isEmpty ? nil : queue
            do throws(SystemFailure) {
                running[key] = try ChildProcess(on: loop, entry.command, timeout: entry.timeout) {
                    [weak self] outcome in
                    self?.running[key] = nil
                    entry.body(.success(outcome))
                    self?.startNext(key)
                }
            } catch {
                entry.body(.failure(error))
            }
        }
    }
}

extension Result where Success == ProgramOutcome, Failure == SystemFailure {
    /// What went wrong, for people; nil when nothing did.
    var trouble: String? {
        switch self {
        case .failure(let failure): failure.message
        case .success(let outcome) where outcome.isSuccess: nil
        case .success(let outcome) where outcome.isTimedOut: "not ended in time"
        case .success(let outcome):
            switch outcome.end {
            case .exited(let status): "exit status \(status)"
            case .signalled(let number): "ended by signal \(number)"
            case .untold: "how it ended cannot be told"
            }
        }
    }
}
