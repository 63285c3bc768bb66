import CheckIO
import Configuration
import Director
import Glibc
import HealthChecks
import IPVS

/// A running director: carries out what the pure one decides, and tells it what happens.
///
/// It belongs to the thread of its loop. It decides nothing about servers itself.
final class RunningDirector {
    /// Where it is in its life.
    enum Life: Hashable {
        /// The file is being read for the first time.
        case reading
        /// Waits for the kernel's table.
        case awaitingTable
        case running
        /// Waits for the kernel to be as it shall be left.
        case stopping
        /// The kernel is as it shall be left; what was begun beside it may still end.
        case lingering
        /// It is over, with that exit status.
        case ended(Int32)
    }

    /// The time that the kernel has at the end.
    static let stopPatience = Duration.seconds(10)
    /// The time that mails, commands and the programs of checks have after that.
    static let lingering = Duration.seconds(3)
    /// The time for which the kernel may fail to give its table at the start.
    static let tablePatience = Duration.seconds(5)
    /// The longest time that a service manager waits for a reload.
    static let reloadPatience = Duration.seconds(10)
    /// The time that the disk of each file has at the end.
    static let writingPatience = Duration.seconds(1)
    /// The time between two writings of monitor files.
    static let monitorPeriod = Duration.milliseconds(200)

    let options: DaemonOptions
    let surroundings: ServiceSurroundings
    let loop: EventLoop
    let log: DaemonLog
    let monitors: MonitorFiles
    /// The status file; nil where none is wanted.
    let paper: StatusPaper?
    let worker: KernelWorker
    let commands: CommandQueue
    let companions: Companions
    let mails: MailQueue

    var life = Life.reading
    var director: Director?
    var schedule: CheckSchedule
    var status: DaemonStatus
    var answers: [NameQuestion: NameAnswer] = [:]
    var signals: SignalDescriptor?
    var signalWatch: Watch?
    var configurationWatch: ConfigurationWatch?
    var maintenance: MaintenanceWatch?
    /// Tell of those who write the file.
    let writers = WriteNotices()
    /// What the folder for maintenance had when the configuration was read.
    var maintenanceListing: MaintenanceListing?
    /// Whether the file is being loaded.
    var isLoading = false
    /// Why the file shall be loaded again once that is over; nil when it need not be.
    var wantedLoad: LoadCause?
    /// The language of the file; nil until it is loaded, where nobody said it.
    var language: Language?
    /// Whether the first full round of verdicts is over.
    var isReady = false
    /// Whether the notifier was told of a reload and not yet of its end.
    var isReloadAnnounced = false
    /// Whether the log was told that the kernel cannot be read.
    var isTableMissing = false
    var reloadTimer: LoopTimer?
    var monitorTimer: LoopTimer?
    var endTimer: LoopTimer?
    var watchdogTimer: LoopTimer?
    var tableDeadline: MonotonicTime?
    /// What ended it, in the log's words.
    var stopReason = "on request"

    /// What the director says, on its way to the log.
    private(set) lazy var lines = StormLog(on: loop, log) { [unowned self] in director?.tally(since: $0) }

    /// Carries the probes out.
    private(set) lazy var runner = CheckRunner(loop: loop) { [unowned self] token, result in
        finished(token, result)
    }

    /// Makes a director that has not begun.
    ///
    /// - Throws: `SystemFailure` where the process lacks the means.
    init(_ options: DaemonOptions, _ surroundings: ServiceSurroundings, loop: EventLoop) throws(SystemFailure) {
        self.options = options
        language = options.language
        self.surroundings = surroundings
        self.loop = loop
        log = try DaemonLog(instance: options.instance, target: options.log ?? .standardError)
        monitors = try MonitorFiles()
        paper = try options.statusFile.map { path throws(SystemFailure) in try StatusPaper(path: path) }
        worker = try KernelWorker(on: loop, surroundings.kernel)
        commands = CommandQueue(on: loop)
        companions = Companions(queue: commands, command: options.companionCommand, log: log)
        mails = MailQueue(on: loop, surroundings, log: log)
        schedule = CheckSchedule(capacity: DescriptorLimit.roomForProbes)
        status = DaemonStatus(pid: getpid(), configuration: options.configuration)
    }

    /// Begins, and turns the loop until it is over.
    ///
    /// - Returns: the exit status.
    func run() -> Int32 {
        begin()
        while true {
            if case .ended(let status) = life { return status }
            do throws(SystemFailure) {
                try turn()
            } catch {
                log.write("\(error)")
                log.settle()
                return 1
            }
        }
    }

    /// Reads the file for the first time.
    func begin() {
        if let notifier = surroundings.notifier {
            notifier.status("Reading the configuration")
            if let period = notifier.watchdogPeriod { beat(every: period / 2) }
        }
        writeStatus()
        load()
    }

    /// Waits until something happens, at most so long, and does what it calls for.
    func turn(atMost longest: Duration? = nil) throws(SystemFailure) {
        var patience = longest
        let now = EventLoop.clock
        for moment in [director?.nextMoment, schedule.nextMoment].compactMap({ $0 }) {
            patience = min(patience ?? .seconds(3600), max(.zero, moment - now))
        }
        try loop.runTurn(atMost: patience)
        proceed()
    }

    private func proceed() {
        let now = loop.now
        if let moment = director?.nextMoment, moment <= now {
            perform(director?.timePassed(at: now) ?? [])
        }
        startProbes()
        if life == .running, worker.isIdle { surroundings.startReport.tell(0) }
        if life == .lingering, commands.isIdle, mails.isIdle, runner.programsLeft == 0 { end(0) }
        log.flush()
    }

    /// Ends the life, whatever is under way.
    func end(_ exitStatus: Int32) {
        if case .ended = life { return }
        if case .stopping = life {
            log.write("The kernel did not answer in time; its table may not be as it should be")
        }
        life = .ended(exitStatus)
        // Nobody is left who would do it later.
        runner.endPrograms()
        ChildProcess.leaveOutputs(on: loop)
        for line in monitors.settle(within: Self.writingPatience) { log.write(line) }
        lines.sumUp()
        if mails.count > 0 { log.write("failed to send email message: \(mails.count) were not sent before the end") }
        if exitStatus == 0 { log.write("Linux Director Daemon terminated \(stopReason)") }
        log.settle(within: Self.writingPatience)
        paper?.remove(writtenBy: status.pid, within: Self.writingPatience)
    }

    private func beat(every period: Duration) {
        surroundings.notifier?.alive()
        watchdogTimer = loop.at(loop.now + period) { [unowned self] in beat(every: period) }
    }

    /// Puts the status file in its place.
    func writeStatus() {
        if let failure = paper?.write(status.text) { log.write(failure) }
    }
}
