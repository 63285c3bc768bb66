import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import Time

/// A director with its schedule, a kernel that may fail, servers that come and go, an operator who interferes, and a
/// clock that is moved by hand.
struct SimulatedWorld {
    let kernel: FaultyKernel
    var director: Director
    var schedule = CheckSchedule(capacity: 64)
    var now = MonotonicTime(nanoseconds: 1_000_000_000_000)
    var chance: SimulatedChance
    var configuration: DirectorConfiguration
    /// The addresses whose servers answer.
    var living: Set<IPAddress>
    /// The addresses whose servers do not answer at all, so that a check of them takes its whole time.
    var silent: Set<IPAddress> = []
    /// How many of a thousand probes the director cannot make.
    var shortages = 0
    /// The names of files in the folder for maintenance.
    var maintenanceFiles: Set<String> = []
    /// How many of a thousand readings of the table fail.
    var readingFailures = 0

    /// Whether the director runs, is ready, has stopped.
    var isReady = false
    var isStopped = false
    /// What was decided and done, for a failing test.
    var trace: [String] = []
    var promises: SimulatedPromises

    private var inFlight: [(moment: MonotonicTime, token: Int, result: CheckResult)] = []

    init(seed: UInt64) {
        chance = SimulatedChance(seed: seed)
        configuration = SimulatedConfiguration.any(&chance)
        kernel = FaultyKernel(random: chance.fork())
        director = Director(configuration)
        living = Set(chance.some(of: SimulatedConfiguration.addresses, permille: 700))
        promises = SimulatedPromises(configuration)
    }

    /// Starts the director on the table as it is.
    mutating func start() {
        director = Director(configuration)
        schedule = CheckSchedule(capacity: 64)
        (inFlight, isReady, isStopped) = ([], false, false)
        promises.started(configuration, maintenanceFiles)
        _ = director.maintenance(files: maintenanceFiles, names: [:], at: now)
        note("start")
        guard let table = try? kernel.table() else { return }
        work(director.started(with: table, at: now))
    }

    mutating func reload(_ new: DirectorConfiguration) {
        configuration = new
        promises.reloaded(new)
        note("reload")
        work(director.reloaded(new, at: now))
    }

    mutating func stop() {
        note("stop")
        work(director.stopping(at: now))
    }

    mutating func setMaintenance(_ files: Set<String>) {
        promises.maintenanceChanges(to: files)
        maintenanceFiles = files
        note("maintenance \(files.sorted())")
        work(director.maintenance(files: files, names: [:], at: now))
    }

    /// Somebody else changes the table.
    mutating func interfere(_ changes: [Change]) {
        for change in changes {
            note("operator: \(change)")
            let hasEffect = kernel.base.apply(Changeset([change])).failures.isEmpty
            guard let key = change.key else { continue }
            if case .deleteService = change, hasEffect {
                promises.meddled(with: key, isRemoval: true)
            } else {
                promises.meddled(with: key, isRemoval: false)
            }
        }
    }

    /// Moves the clock, and does all that falls due until then.
    mutating func pass(_ duration: Duration) {
        let end = now + duration
        while !isStopped {
            launch()
            var next = end
            if let moment = schedule.nextMoment { next = min(next, moment) }
            if let moment = director.nextMoment { next = min(next, moment) }
            if let moment = inFlight.first?.moment { next = min(next, moment) }
            now = max(now, next)
            if let first = inFlight.first, first.moment <= now {
                inFlight.removeFirst()
                finish(first.token, first.result)
            } else if let moment = director.nextMoment, moment <= now {
                work(director.timePassed(at: now))
            } else if now >= end, schedule.nextMoment.map({ $0 > now }) ?? true {
                break
            }
        }
        now = end
    }

    private mutating func launch() {
        for probe in schedule.due(at: now) {
            let address = probe.check.target.address
            let result: CheckResult
            let delay: Duration
            if chance.happens(shortages) {
                (result, delay) = (CheckResult(.down, .director(.systemError(24))), .zero)
            } else if silent.contains(address) {
                (result, delay) = (CheckResult(.down, .transport(.timeout)), probe.check.timeout)
            } else {
                let isAlive = living.contains(address)
                result = isAlive ? CheckResult(.up, .transport(.passed)) : CheckResult(.down, .transport(.refused))
                delay = .microseconds(chance.number(50...5000))
            }
            let moment = now + delay
            let place = inFlight.firstIndex { $0.moment > moment } ?? inFlight.endIndex
            inFlight.insert((moment, probe.token, result), at: place)
        }
    }

    private mutating func finish(_ token: Int, _ result: CheckResult) {
        guard let check = schedule.finished(token: token, result, at: now) else { return }
        if !result.isUnasked { promises.checked(check, result, maintenanceFiles) }
        work(director.checked(check, result, at: now))
    }

    /// Carries actions out in order, and those of the answers after them.
    private mutating func work(_ actions: [DirectorAction]) {
        var director = director
        director.carryOut(actions, at: now) { perform($0) }
        self.director = director
        if !actions.isEmpty { promises.look(at: kernel.base, director.status, at: now) }
    }

    private mutating func perform(_ action: DirectorAction) -> ActionAnswer? {
        switch action {
        case .apply(let changeset):
            for change in changeset.changes { note("  \(change)") }
            let promises = promises
            promises.begin(changeset)
            kernel.watcher = { promises.watch($0, $1, $2) }
            let report = kernel.apply(changeset)
            kernel.watcher = nil
            promises.end(changeset, report)
            return .applied(report)
        case .readTable:
            guard !chance.happens(readingFailures), let table = try? kernel.table() else {
                promises.couldNotRead(at: now)
                note("  unread")
                return nil
            }
            note("  read")
            promises.read()
            return .table(table)
        case .schedule(let checks):
            let unwanted = Set(schedule.replace(with: checks, at: now))
            inFlight.removeAll { unwanted.contains($0.token) }
        case .tell(let event):
            if case .standby(let need) = event.matter { promises.told(need, of: event.service.service.key) }
            note("  \(event.matter.summary)")
        case .ready:
            isReady = true
            note("  ready")
        case .stopped:
            isStopped = true
            note("  stopped")
        }
        return nil
    }

    mutating func note(_ line: String) {
        trace.append("\(now.nanoseconds / 1_000_000 - 1_000_000) ms \(line)")
        if trace.count > 4000 { trace.removeFirst(1000) }
    }
}

extension DirectorEvent.Matter {
    /// A line on it in the trace of a failing history.
    fileprivate var summary: String {
        switch self {
        case .server(let real, let event): "\(real.text) \(event)"
        case .table(let step, let outcome): "\(step.deed) \(step.subject.summary) \(outcome)"
        case .drift(let subject, let drift, let response): "\(subject.summary) \(drift) \(response)"
        case .puttingBack(let subject): "putting back \(subject.summary)"
        case .standby(let need): "standby \(need)"
        }
    }
}

extension TableSubject {
    fileprivate var summary: String {
        switch self {
        case .service: "service"
        case .server(let real): "\(real.text)"
        case .standby(let endpoint): "standby \(endpoint)"
        case .surplus(let endpoint): "surplus \(endpoint)"
        }
    }
}
