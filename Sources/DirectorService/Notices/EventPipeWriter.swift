import CheckIO
import Configuration
import Director
import Glibc
import System
import Time

/// One named pipe of a configuration, and the program that reads it.
///
/// Lines are written in the order in which they come, and nobody is waited for: a line that finds no room, as nobody reads,
/// is lost, and the log tells how many are.
final class EventPipeWriter {
    private enum State {
        /// The pipe is being opened; these lines wait for that.
        case opening([String])
        case open(NamedPipe)
        /// It cannot be used, which has been told, or is left.
        case closed
    }

    /// The most lines that wait for the pipe to be opened.
    private static let capacity = 1_000
    /// The time from a lost line to the word on it; those that are lost meanwhile are told with it.
    private static let reportPause = Duration.seconds(10)
    /// The time that a reader has for the last lines, and then to end by itself.
    private static let readerPatience = Duration.seconds(1)
    /// The time from one look to the next whether the last lines have been read.
    private static let lookPause = Duration.milliseconds(20)
    /// The times from the end of a reader that was still wanted to its next start; the last one counts from then on.
    private static let restarts: [Duration] = [.seconds(1), .seconds(5), .seconds(60)]

    private let loop: EventLoop
    private var pipe: EventPipe
    private var refusesUnsafe: Bool
    private let log: DaemonLog
    private var state = State.opening([])
    private var reader: ChildProcess?
    private var isLeft = false
    /// Whether another reader is wanted in the place of the one that runs.
    private var isReaderReplaced = false
    private var lostCount = 0
    private var restartCount = 0
    /// Tells of lost lines.
    private var reportTimer: LoopTimer?
    /// Starts a reader again, or has one end.
    private var readerTimer: LoopTimer?

    /// Opens the pipe by another thread.
    init(on loop: EventLoop, _ pipe: EventPipe, refusesUnsafe: Bool, log: DaemonLog) {
        self.loop = loop
        self.pipe = pipe
        self.refusesUnsafe = refusesUnsafe
        self.log = log
        let (path, user, group) = (pipe.path, pipe.user, pipe.group)
        Background.begin(on: loop) { () -> Result<NamedPipe, NamedPipe.Refusal> in
            let owner = user == nil && group == nil ? nil : ProgramOwner(user: user, group: group)
            return Result { () throws(NamedPipe.Refusal) in try NamedPipe(at: path, owner: owner) }
        } then: { [self] outcome in
            opened(outcome ?? .failure(.system(SystemFailure(call: "pthread_create", number: EAGAIN))))
        }
    }

    /// The path of the pipe, which stays.
    var path: String { pipe.path }

    /// Whether it may be written to, or it is not known yet that it may not.
    var isUsable: Bool {
        if case .closed = state { false } else { true }
    }

    /// Goes on as the pipe that a configuration has at the same path now: perhaps with another reader.
    func change(to pipe: EventPipe, refusesUnsafe: Bool) {
        let former = self.pipe.reader
        (self.pipe, self.refusesUnsafe) = (pipe, refusesUnsafe)
        guard pipe.reader != former else { return }
        restartCount = 0
        if let readerTimer { loop.cancel(readerTimer) }
        readerTimer = nil
        if let reader {
            isReaderReplaced = true
            reader.terminate()
        } else if case .open = state {
            startReader()
        }
    }

    /// Whether nothing is left of it.
    var isOver: Bool {
        guard case .closed = state else { return false }
        return reader == nil
    }

    /// Writes a line, or has it written once the pipe is open.
    func write(_ line: String) {
        switch state {
        case .opening(let lines) where lines.count < Self.capacity: state = .opening(lines + [line])
        case .open(let opened): if !opened.write(line) { noteLoss() }
        case .opening: noteLoss()
        case .closed: break
        }
    }

    private func opened(_ outcome: Result<NamedPipe, NamedPipe.Refusal>) {
        guard case .opening(let lines) = state else {
            if case .success(let opened) = outcome { opened.remove() }
            return
        }
        switch outcome {
        case .failure(let refusal):
            state = .closed
            log.tell(.pipe(.unusable(path: pipe.path, reason: refusal.message)))
        case .success(let opened):
            state = .open(opened)
            for line in lines { write(line) }
            startReader()
            if isLeft { leave(until: loop.now + Self.readerPatience) }
        }
    }

    // MARK: The end

    /// Leaves the pipe after the lines that have been written; its reader finds the end there, and is told to end when it
    /// has not done so in its time.
    func close() {
        guard !isLeft else { return }
        isLeft = true
        if case .open = state { leave(until: loop.now + Self.readerPatience) }
    }

    /// Leaves the pipe when its reader has read the last lines, which are gone with it otherwise, or has had the time for that.
    private func leave(until end: MonotonicTime) {
        if let readerTimer { loop.cancel(readerTimer) }
        readerTimer = nil
        if reader != nil, loop.now < end, case .open(let opened) = state, !opened.isEmpty {
            readerTimer = loop.at(loop.now + Self.lookPause) { [weak self] in self?.leave(until: end) }
            return
        }
        shut()
        guard let reader else { return }
        readerTimer = loop.at(loop.now + Self.readerPatience) { reader.terminate() }
    }

    private func shut() {
        if case .open(let opened) = state { opened.remove() }
        state = .closed
        reportLosses()
    }

    /// Leaves the pipe and ends its reader at once.
    func end() {
        isLeft = true
        shut()
        reader?.end()
    }

    // MARK: Lost lines

    private func noteLoss() {
        lostCount += 1
        guard reportTimer == nil else { return }
        reportTimer = loop.at(loop.now + Self.reportPause) { [weak self] in self?.reportLosses() }
    }

    private func reportLosses() {
        if let reportTimer { loop.cancel(reportTimer) }
        reportTimer = nil
        guard lostCount > 0 else { return }
        log.tell(.pipe(.linesLost(path: pipe.path, count: lostCount)))
        lostCount = 0
    }

    // MARK: The reader

    private func startReader() {
        guard let program = pipe.reader?.adding(pipe.path),
            let command = ProgramCommand(program, isGuarded: refusesUnsafe)
        else { return }
        reader = ChildProcess(on: loop, command, timeout: nil) { [weak self] result in self?.readerEnded(result) }
    }

    private func readerEnded(_ result: Result<ProgramOutcome, StartFailure>) {
        reader = nil
        if let readerTimer { loop.cancel(readerTimer) }
        readerTimer = nil
        guard !isLeft else { return shut() }
        guard !isReaderReplaced else {
            isReaderReplaced = false
            return startReader()
        }
        let reason = result.trouble ?? result.words ?? "exit status 0"
        let pause = Self.restarts[min(restartCount, Self.restarts.count - 1)]
        restartCount += 1
        log.tell(.pipe(.readerEnded(path: pipe.path, reason: reason, seconds: pause.components.seconds)))
        readerTimer = loop.at(loop.now + pause) { [weak self] in
            self?.readerTimer = nil
            self?.startReader()
        }
    }
}
