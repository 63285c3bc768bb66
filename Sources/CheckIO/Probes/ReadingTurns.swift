import System

/// Lets the probes that have more to read than one slice of the loop's time read on: one after the other, each once in a turn of
/// the loop, and as long as the turn may take.
final class ReadingTurns {
    private let loop: EventLoop
    /// Has the probe of that entry read on; whether the turn is spent with that.
    private let readOn: (ReadingQueue.Entry) -> Bool
    private var queue = ReadingQueue()
    private var timer: LoopTimer?

    init(on loop: EventLoop, readOn: @escaping (ReadingQueue.Entry) -> Bool) {
        self.loop = loop
        self.readOn = readOn
    }

    deinit {
        if let timer { loop.cancel(timer) }
    }

    /// Puts a probe behind those that wait.
    func append(_ entry: ReadingQueue.Entry) {
        queue.append(entry)
        setTimer()
    }

    private func setTimer() {
        guard timer == nil else { return }
        timer = loop.at(loop.now) { [unowned self] in
            timer = nil
            turn()
        }
    }

    private func turn() {
        for _ in 0..<queue.count {
            guard let entry = queue.popFirst(), !readOn(entry) else { break }
        }
        if !queue.isEmpty { setTimer() }
    }
}
