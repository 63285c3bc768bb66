import CheckIO
import Configuration
import Director
import System

/// The programs that a configuration has told of events: those of one order run one after the other, others beside them.
final class NoticeRunner {
    /// The time that a command may take that is to do something.
    private static let commandPatience = Duration.seconds(60)
    /// The time that a program may take that is told of a state; those of its order wait for it.
    private static let notePatience = Duration.seconds(300)

    private let queue: CommandQueue
    private let log: DaemonLog
    /// Whether a program is not run as root that others could change.
    var refusesUnsafe = false
    /// Whether the programs that run at the end of the director's time are ended with it.
    var endsAtStop = false

    init(queue: CommandQueue, log: DaemonLog) {
        self.queue = queue
        self.log = log
    }

    /// Runs a command after those of the same order that were wanted before.
    func run(_ notice: Notice) {
        guard let command = ProgramCommand(line: notice.commandLine) else { return }
        run(command, text: notice.commandLine, order: notice.order, timeout: Self.commandPatience)
    }

    /// The same with a program of which the configuration says who it runs as.
    func run(_ program: NoticeProgram, order: String) {
        guard let command = ProgramCommand(program, isGuarded: refusesUnsafe) else { return }
        run(command, text: program.text, order: order, timeout: Self.notePatience)
    }

    private func run(_ command: ProgramCommand, text: String, order: String, timeout: Duration) {
        queue.enqueue(command, key: order, timeout: timeout) { [log] result in log.tell(of: text, result) }
    }

    /// Ends the programs that have not ended by themselves, where the configuration gave them a time for that.
    func end() {
        if endsAtStop { queue.end() }
    }
}
