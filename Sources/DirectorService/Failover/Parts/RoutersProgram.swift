import CheckIO
import Director
import Glibc
import System
import Time

/// The process of the virtual routers as a program that a director starts, and starts again whenever it ends.
///
/// It goes on when the director dies, and the next one finds it by its socket.
final class RoutersProgram {
    private let loop: EventLoop
    private let command: ProgramCommand
    private let onEvent: (FailoverEvent) -> Void
    private let onStart: () -> Void
    private var pace = RespawnPace()
    private var process: ChildProcess?
    private var timer: LoopTimer?
    private var isLeft = false

    /// Makes a program that does not run.
    ///
    /// - Parameters:
    ///   - onEvent: told what is to be said of it.
    ///   - onStart: called when it was started, and is about to listen.
    init(
        on loop: EventLoop,
        _ command: ProgramCommand,
        onEvent: @escaping (FailoverEvent) -> Void,
        onStart: @escaping () -> Void
    ) {
        self.loop = loop
        self.command = command
        self.onEvent = onEvent
        self.onStart = onStart
    }

    /// Starts it, unless it runs or is about to be started.
    func begin() {
        guard process == nil, timer == nil, !isLeft else { return }
        start()
    }

    /// Starts it no more, and leaves one that runs as it is.
    func leave() {
        isLeft = true
        if let timer { loop.cancel(timer) }
        timer = nil
    }

    private func start() {
        pace.began(at: loop.now)
        process = ChildProcess(on: loop, command, timeout: nil) { [weak self] in self?.ended($0) }
        onEvent(.routersStarted)
        onStart()
    }

    private func ended(_ result: Result<ProgramOutcome, StartFailure>) {
        process = nil
        guard !isLeft else { return }
        let pause = pace.pause(at: loop.now)
        onEvent(.routersEnded(reason: result.trouble ?? result.words ?? "exit status 0", pause: pause))
        timer = loop.at(loop.now + pause) { [weak self] in
            self?.timer = nil
            self?.start()
        }
    }
}
