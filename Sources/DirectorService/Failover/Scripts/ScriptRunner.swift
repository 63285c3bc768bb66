import CheckIO
import Configuration
import Director
import System
import Time

/// One tracked script: run from start to start at its interval, never twice at once, and its results counted.
final class ScriptRunner {
    /// The time from `SIGTERM` to `SIGKILL` for a run whose time is over.
    private static let grace = Duration.seconds(2)

    let script: TrackedScript
    private let loop: EventLoop
    private let command: ProgramCommand?
    private let onEvent: (ScriptEvent) -> Void
    private let onVerdict: (Bool) -> Void
    private var health: ScriptHealth
    private var run: ChildProcess?
    private var timer: LoopTimer?
    /// When the next run begins.
    private var planned: MonotonicTime
    /// The exit status of the last run that had one.
    private var status = 0
    private var isOverlapTold = false
    private var isShortageTold = false
    private var isLeft = false

    /// Runs it for the first time in the next turn of the loop.
    ///
    /// - Parameters:
    ///   - isGuarded: whether it is not run as root where others could change it; that counts as a failure.
    ///   - onEvent: told what is said of it.
    ///   - onVerdict: told whether it passes, each time that this is new.
    init(
        on loop: EventLoop,
        _ script: TrackedScript,
        isGuarded: Bool,
        onEvent: @escaping (ScriptEvent) -> Void,
        onVerdict: @escaping (Bool) -> Void
    ) {
        self.loop = loop
        self.script = script
        self.onEvent = onEvent
        self.onVerdict = onVerdict
        health = ScriptHealth(rise: script.rise, fall: script.fall, beginsFailed: script.beginsFailed)
        planned = loop.now
        var command = ProgramCommand(script.program, isGuarded: isGuarded)
        command?.isDetached = true
        self.command = command
        timer = loop.at(planned) { [weak self] in
            guard let self else { return }
            if health.isPassing == false { self.onVerdict(false) }
            begin()
        }
    }

    /// Whether it passes; nil before anything is known of it.
    var isPassing: Bool? { health.isPassing }

    /// Whether nothing of it runs.
    var isOver: Bool { run == nil }

    /// Runs it no more; a run that goes on is told to end, and counts for nothing.
    func leave() {
        isLeft = true
        if let timer { loop.cancel(timer) }
        timer = nil
        run?.terminate()
    }

    /// Ends a run that goes on at once.
    func end() {
        leave()
        run?.end()
    }

    private func begin() {
        planNext()
        guard run == nil else {
            if !isOverlapTold { onEvent(.overlaps) }
            isOverlapTold = true
            return
        }
        guard let command else { return count(.notRun("it names no program"), words: nil) }
        run = ChildProcess(on: loop, command, timeout: script.timeout, grace: Self.grace) { [weak self] result in
            self?.ended(result)
        }
    }

    /// Plans the next run on the grid of the first, but for moments that have passed while the process was held up.
    private func planNext() {
        let interval = max(script.interval, .milliseconds(1))
        planned = planned + interval
        if planned <= loop.now { planned = loop.now + interval }
        timer = loop.at(planned) { [weak self] in self?.begin() }
    }

    private func ended(_ result: Result<ProgramOutcome, StartFailure>) {
        run = nil
        isOverlapTold = false
        guard !isLeft else { return }
        switch result {
        case .failure(.noProcess(let failure)), .failure(.noMeans(let failure)):
            // The want is the director's own; a machine without processes shows in what the script looks at.
            if !isShortageTold { onEvent(.unasked(reason: failure.description)) }
            isShortageTold = true
            return
        case .failure(.withdrawn): return
        case .failure(.standstill): count(.timedOut, words: nil)
        case .failure(.refused): count(.notRun(result.trouble ?? ""), words: nil)
        case .success(let outcome):
            count(Self.failure(of: outcome), words: outcome.words)
        }
        isShortageTold = false
    }

    private static func failure(of outcome: ProgramOutcome) -> ScriptEvent.Failure? {
        if outcome.isTimedOut { return .timedOut }
        return switch outcome.end {
        case .exited(0): nil
        case .exited(let status): .exited(status)
        case .signalled(let number): .signalled(number)
        case .untold: .notRun("how it ended cannot be told")
        }
    }

    /// Counts a result; nil for a run that passed.
    private func count(_ failure: ScriptEvent.Failure?, words: String?) {
        let former = status
        switch failure {
        case nil: status = 0
        case .exited(let number): status = number
        case .signalled, .timedOut, .notRun: break
        }
        if status != former { onEvent(.returned(status)) }
        let turn = health.count(failure == nil)
        // What it says each time would fill the log.
        if let words, status != former || turn != nil { onEvent(.said(words)) }
        guard let turn else { return }
        onEvent(failure.map { .failed($0) } ?? .succeeded)
        onVerdict(turn)
    }
}
