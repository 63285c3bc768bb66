import Configuration
import Director
import Glibc
import HealthChecks
import System
import Time

/// A running director: carries out what its life and the pure director decide, and tells them what happens.
///
/// It belongs to the thread of its loop. It decides nothing itself; each of its parts keeps its own state.
final class RunningDirector {
    /// The time that the disk of each file has at the end.
    private static let writingPatience = Duration.seconds(1)

    let options: DaemonOptions
    let environment: ServiceEnvironment
    let loop: EventLoop

    var life = DaemonLife()
    /// What decides about servers; nil until a configuration is loaded.
    var director: Director?
    /// The language of the file; nil until it is loaded, where nobody said it.
    var language: Language?
    /// The configuration in force, as it was read; before one is, what the command read that started this process.
    var read: ReadConfiguration?
    /// Whether there may be memory that was needed while a configuration was read.
    var hasMemoryToReturn = true

    /// Writes out how everything is; nil where the language has no form for that.
    var stateWriter: (any StateWriter)? { read?.meaning.stateWriter }

    let log: DaemonLog
    let monitors: MonitorFiles
    let statusFile: StatusFile
    let reloadMark: ReloadMark
    let kernel: DirectedKernel
    let commands: CommandQueue
    let companions: Companions
    let notices: NoticeRunner
    let programs: LifePrograms
    let pipes: EventPipes
    let mails: MailQueue
    let files: FollowedFiles
    let supervision: Supervision
    /// Tells when the configuration is to be loaded again; nil where it does not say.
    var reloadAlarm: ReloadAlarm?
    /// What is done for virtual routers; nil as long as the configuration had none.
    var failover: RunningFailover?
    /// What a configuration wants of that which is not in force yet.
    var wantedFailover: FailoverConfiguration?
    /// Whether the pipes are to be closed once virtual routers have said what they had to.
    var arePipesDue = false
    /// When somebody wanted it to stop last.
    var stopMoment: MonotonicTime?
    /// Whether it may have changed which virtual servers are up.
    var mayServersHaveTurned = false
    /// The addresses of this machine; nil where the configuration does not go by them.
    var addresses: AddressWatch?
    private var signals: (descriptor: SignalDescriptor, watch: Watch)?

    /// What the director says, on its way to the log.
    private(set) lazy var lines = StormLog(on: loop, log) { [unowned self] in director?.tally(since: $0) }

    private(set) lazy var checks = RunningChecks(on: loop) { [unowned self] check, result in
        let actions = director?.checked(check, result, at: loop.now) ?? []
        let isFailing = check.pace.afterFailure != nil && director?.isFailing(check) ?? false
        return RunningChecks.Consequence(isFailing: isFailing) { [unowned self] in perform(actions) }
    }

    /// Makes a director that has not begun.
    ///
    /// - Parameter read: its configuration, where that was read a moment ago.
    /// - Throws: `SystemFailure` where the process lacks the means.
    init(
        _ options: DaemonOptions,
        _ environment: ServiceEnvironment,
        loop: EventLoop,
        read: consuming ReadConfiguration? = nil
    ) throws(SystemFailure) {
        self.read = read
        self.options = options
        self.environment = environment
        self.loop = loop
        language = options.language
        log = try DaemonLog(
            instance: options.instance,
            target: options.log ?? .standardError,
            and: options.moreLogs,
            tag: (options.language ?? .ldirectord).logTag,
            voice: (options.language ?? .ldirectord).voice
        )
        monitors = try MonitorFiles(on: loop, log)
        let status = DaemonStatus(pid: getpid(), configuration: options.configuration)
        statusFile = try StatusFile(path: options.statusFile, status)
        reloadMark = try ReloadMark()
        kernel = try DirectedKernel(on: loop, environment.kernel, log)
        commands = CommandQueue(on: loop)
        companions = Companions(queue: commands, command: options.companionCommand, log: log)
        notices = NoticeRunner(queue: commands, log: log)
        programs = LifePrograms(on: loop, log)
        pipes = EventPipes(on: loop, log: log)
        mails = MailQueue(on: loop, environment, log: log)
        files = FollowedFiles(on: loop, path: options.configuration, patience: environment.writingPatience)
        supervision = Supervision(on: loop, environment.notifier)
    }

    /// Acts on signals from here on; they must be blocked in every thread.
    ///
    /// - Throws: `SystemFailure` of `signalfd` or `epoll_ctl`.
    func handleSignals() throws(SystemFailure) {
        let descriptor = try SignalDescriptor(Self.signals)
        let watch = try loop.watch(descriptor.descriptor, for: .readable) { [unowned self] _ in
            while let number = descriptor.next() { handle(signal: number) }
        }
        signals = (descriptor, watch)
    }

    /// Begins, and turns the loop until it is over.
    ///
    /// - Returns: the exit status.
    func run() -> Int32 {
        begin()
        while true {
            if let status = life.exitStatus { return status }
            do throws(SystemFailure) {
                try turn()
            } catch {
                log.write("\(error)")
                log.settle()
                return 1
            }
        }
    }

    /// Loads the file for the first time.
    func begin() {
        supervision.begin()
        publish()
        perform(life.begin())
    }

    /// Waits until something happens, at most so long, and does what it calls for.
    func turn(atMost longest: Duration? = nil) throws(SystemFailure) {
        var patience = longest
        let now = loop.clock()
        for moment in [director?.nextMoment, checks.nextMoment, life.nextMoment].compactMap({ $0 }) {
            patience = min(patience ?? .seconds(3600), max(.zero, moment - now))
        }
        try loop.runTurn(atMost: patience)
        proceed()
    }

    private func proceed() {
        let now = loop.now
        perform(life.timePassed(at: now))
        if let moment = director?.nextMoment, moment <= now {
            perform(director?.timePassed(at: now) ?? [])
        }
        checks.startDue()
        if mayServersHaveTurned { tellServers() }
        if arePipesDue, failover?.isOver ?? true {
            arePipesDue = false
            pipes.close()
        }
        if life.isRunning, kernel.isIdle { environment.startReport.tell(0) }
        if life.isLingering, !arePipesDue, commands.isIdle, programs.isIdle, pipes.isIdle, mails.isIdle,
            checks.areProgramsOver
        {
            perform(life.becameIdle())
        }
        log.flush()
    }

    /// Puts the status file in its place.
    func publish() {
        if let failure = statusFile.publish() { log.write(failure) }
    }

    /// Ends what is under way, for nobody is left who would do it later, and says so.
    func end(_ end: DaemonLife.End) {
        if end.isKernelLate { log.tell(.kernelLate) }
        checks.endPrograms()
        failover?.end()
        notices.end()
        programs.end()
        pipes.end()
        ChildProcess.leaveOutputs(on: loop)
        monitors.settle(within: Self.writingPatience)
        lines.sumUp()
        let (user, system) = Machine.processorTime
        log.tell(.ending(user: user, system: system))
        if mails.count > 0 { log.tell(.mail(.unsent(mails.count))) }
        if let signal = end.signal { log.tell(.terminated(signal: signal)) }
        log.settle(within: Self.writingPatience)
        reloadMark.remove(within: Self.writingPatience)
        statusFile.remove(within: Self.writingPatience)
    }
}
