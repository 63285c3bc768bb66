import Configuration
import System

/// The programs that a configuration has run before its director begins and after it has ended: one at a time, and waited
/// for.
final class LifePrograms {
    private let loop: EventLoop
    private let log: DaemonLog
    private var program: ChildProcess?

    init(on loop: EventLoop, _ log: DaemonLog) {
        self.loop = loop
        self.log = log
    }

    /// Whether none runs.
    var isIdle: Bool { program == nil }

    /// Runs a program, and goes on when it has ended, however it did; at once where there is none.
    ///
    /// - Parameter refusesUnsafe: whether it is not run as root where others could change it.
    func run(_ awaited: AwaitedProgram?, refusesUnsafe: Bool, then body: @escaping () -> Void) {
        guard let awaited, let command = ProgramCommand(awaited.program, isGuarded: refusesUnsafe) else {
            return body()
        }
        program = ChildProcess(on: loop, command, timeout: awaited.patience) { [weak self] result in
            self?.program = nil
            self?.log.tell(of: awaited.program.text, result)
            body()
        }
    }

    /// Has the one that runs end.
    func terminate() { program?.terminate() }

    /// Ends the one that runs at once.
    func end() { program?.end() }
}
