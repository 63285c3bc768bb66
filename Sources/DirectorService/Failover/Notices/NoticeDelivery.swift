import Configuration
import Director
import System
import Time

/// Tells of virtual routers and groups by programs, pipes and mails, in their order; nothing else waits for them.
final class NoticeDelivery {
    /// The time from `SIGTERM` to `SIGKILL` for a program that a newer state puts an end to.
    private static let grace = Duration.seconds(2)

    private let loop: EventLoop
    private let log: DaemonLog
    private let write: (String) -> Void
    private let send: (Mail) -> Void
    private var schedule = NoticeSchedule()
    private var programs: [Int: ChildProcess] = [:]
    private var timer: LoopTimer?
    /// Whether no program is run as root that others could change.
    var isGuarded = true

    /// Makes a delivery of nothing yet.
    ///
    /// - Parameters:
    ///   - write: writes a line to the pipes.
    ///   - send: sends a mail.
    init(
        on loop: EventLoop,
        log: DaemonLog,
        write: @escaping (String) -> Void,
        send: @escaping (Mail) -> Void
    ) {
        self.loop = loop
        self.log = log
        self.write = write
        self.send = send
    }

    /// Takes these groups, by their names, with the names of their members.
    func know(groups: [String: [String]]) { schedule.know(groups: groups) }

    /// Tells of something after what was told of the same subject before.
    func tell(_ telling: RouterNotices.Telling) {
        schedule.tell(of: telling.subject, telling.notices, isState: telling.isState)
        proceed()
    }

    /// Waits for no program longer than a moment from now on.
    func beginStop() {
        schedule.beginStop()
        proceed()
    }

    /// Whether all has been told, and each program has ended or had its time.
    var isIdle: Bool { schedule.isIdle }

    /// Tells nothing any more; programs that run go on by themselves.
    func end() {
        if let timer { loop.cancel(timer) }
        timer = nil
        schedule = NoticeSchedule()
    }

    private func proceed() {
        for action in schedule.proceed(at: loop.now) {
            switch action {
            case .begin(.run(let program, let variables), let number): run(program, variables, number)
            case .begin(.write(let line), _): write(line)
            case .begin(.send(let mail), _): send(mail)
            case .terminate(let number): programs[number]?.terminate()
            }
        }
        if let timer { loop.cancel(timer) }
        timer = schedule.nextMoment.map { moment in
            loop.at(moment) { [weak self] in
                self?.timer = nil
                self?.proceed()
            }
        }
    }

    private func run(_ program: NoticeProgram, _ variables: [String: String], _ number: Int) {
        guard var command = ProgramCommand(program, isGuarded: isGuarded) else { return ended(number) }
        command.isDetached = true
        command.environment = variables
        programs[number] = ChildProcess(on: loop, command, timeout: nil, grace: Self.grace) { [weak self, log] result in
            log.tell(of: program.text, result)
            self?.ended(number)
        }
    }

    private func ended(_ number: Int) {
        programs[number] = nil
        schedule.ended(number)
        // What follows is begun in a turn of its own where this is called while something is begun.
        loop.at(loop.now) { [weak self] in self?.proceed() }
    }
}
