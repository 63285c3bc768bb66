import CheckIO
import Dialogues
import HealthChecks
import System
import Time

/// The checks that a director wants made: when each is due, and the probes that are under way.
final class RunningChecks {
    private let loop: EventLoop
    private var schedule = CheckSchedule(capacity: DescriptorLimit.roomForProbes)
    private let onResult: (ScheduledCheck, CheckResult) -> Consequence

    /// Carries the probes out.
    private lazy var runner = ProbeRunner(loop: loop) { [unowned self] token, result in
        guard let check = schedule.check(of: token) else {
            _ = schedule.finished(token: token, result, at: loop.now)
            return
        }
        let consequence = onResult(check, result)
        _ = schedule.finished(token: token, result, isFailing: consequence.isFailing, at: loop.now)
        consequence.carryOut()
    }

    /// The files whose numbers are results of checks.
    private lazy var files = TrackedFiles(on: loop) { [unowned self] check, result in
        onResult(check, result).carryOut()
    }

    /// What follows from a result that is still wanted.
    struct Consequence {
        /// Whether the check has failed of late, but not often enough to be down, and has a pace of its own for that.
        let isFailing: Bool
        /// Does what follows, once the schedule knows of the result.
        let carryOut: () -> Void
    }

    /// Makes an empty schedule; `onResult` is told each result that is still wanted.
    init(on loop: EventLoop, onResult: @escaping (ScheduledCheck, CheckResult) -> Consequence) {
        self.loop = loop
        self.onResult = onResult
    }

    /// Makes these checks from now on, and no others; `services` are the addresses that this machine serves itself.
    func replace(with checks: [ScheduledCheck], services: ServedAddresses) {
        runner.knowPlaces(
            services: services,
            isLocal: LocalDelivery.question(),
            lookUp: HostLookups.lookup(on: loop)
        )
        files.replace(with: checks)
        for token in schedule.replace(with: checks, at: loop.now) { runner.cancel(token: token) }
    }

    /// Starts the probes that are due.
    func startDue() {
        for probe in schedule.due(at: loop.now) { runner.start(probe.check, token: probe.token) }
    }

    /// Has checks made soon that go on from a former configuration.
    func hurry(_ checks: [ScheduledCheck]) { schedule.hurry(checks, at: loop.now) }

    /// When the next probe is due.
    var nextMoment: MonotonicTime? { schedule.nextMoment }

    /// The probes that are under way.
    var inFlightCount: Int { schedule.inFlightCount }

    /// How much later than planned the latest probe was started.
    var lag: Duration { schedule.lag }

    /// Whether the programs of checks have all ended.
    var areProgramsOver: Bool { runner.programsLeft == 0 }

    /// Ends the programs of checks, whatever they are doing.
    func endPrograms() { runner.endPrograms() }

    /// Looks for the files with the certificates of authorities anew.
    func forgetCertificates() { runner.forgetCertificates() }
}
