import Addresses
import Configuration
import Dialogues
import Director
import HealthChecks
import IPVS
import TestKit
import Time

/// A director with its schedule, a kernel that may fail, servers that come and go, an operator who interferes, and a
/// clock that is moved by hand.
struct SimulatedWorld {
    /// More turns than any history has between two steps.
    private static let turnsAtMost = 100_000

    let kernel: FaultyKernel
    var director: Director
    var schedule = CheckSchedule(capacity: 64)
    var now = MonotonicTime(nanoseconds: 1_000_000_000_000)
    var chance: SimulatedChance
    var configuration: DirectorConfiguration
    /// The questions that servers answer well.
    var living: Set<Endpoint> = []
    /// With what exit status programs answer these questions; 0 where nothing is said.
    var statuses: [Endpoint: Int] = [:]
    /// The addresses whose servers do not answer at all, so that a check of them takes its whole time.
    var silent: Set<IPAddress> = []
    /// The numbers in files; 0 where nothing is said.
    private var numbers: [String: Int32] = [:]
    /// The addresses that this machine has; nil while nobody knows them.
    private var addresses: Set<IPAddress>?
    /// How many of a thousand probes the director cannot make.
    var shortages = 0
    /// The names of files in the folder for maintenance.
    var maintenanceFiles: Set<String> = []
    /// How many of a thousand readings of the table fail.
    var readingFailures = 0

    /// Whether the director runs, is ready, has stopped.
    var isReady = false
    var isStopped = false
    private var isStopping = false
    /// What was decided and done, for a failing test.
    var trace: [String] = []
    var promises: SimulatedPromises

    /// A result that comes at its moment.
    private enum Flight {
        case probe(token: Int, CheckResult)
        /// The number that the file of a check has then.
        case number(ScheduledCheck)
    }

    private var inFlight: [(moment: MonotonicTime, flight: Flight)] = []
    /// The checks whose files are followed.
    private var followed: [(file: TrackedFile, check: ScheduledCheck)] = []

    init(seed: UInt64) {
        chance = SimulatedChance(seed: seed)
        configuration = SimulatedConfiguration.any(&chance)
        kernel = FaultyKernel(random: chance.fork())
        director = Director(configuration)
        promises = SimulatedPromises()
        if chance.happens(700) { addresses = Set(chance.some(of: SimulatedConfiguration.ownAddresses, permille: 700)) }
        for address in chance.some(of: SimulatedServer.addresses, permille: 800) {
            for port in SimulatedServer.questionPorts where chance.happens(900) {
                living.insert(Endpoint(address: address, port: port))
            }
        }
    }

    /// Starts the director on the table as it is.
    mutating func start() {
        director = Director(configuration)
        schedule = CheckSchedule(capacity: 64)
        (inFlight, followed, isReady, isStopping, isStopped) = ([], [], false, false, false)
        promises.started(configuration, maintenanceFiles, addresses, kernel.base)
        if let addresses { _ = director.addresses(addresses, at: now) }
        _ = director.maintenance(files: maintenanceFiles, names: [:], at: now)
        note("start")
        describe()
        guard let table = try? kernel.tableWithSettings() else { return }
        work(director.started(with: table, at: now))
    }

    mutating func reload(_ new: DirectorConfiguration) {
        configuration = new
        promises.reloaded(new, kernel.base)
        note("reload")
        describe()
        work(director.reloaded(new, at: now))
    }

    mutating func stop() {
        note("stop")
        isStopping = true
        promises.stops()
        work(director.stopping(at: now))
    }

    mutating func setMaintenance(_ files: Set<String>) {
        promises.maintenanceChanges(to: files)
        maintenanceFiles = files
        note("maintenance \(files.sorted())")
        work(director.maintenance(files: files, names: [:], at: now))
    }

    /// The machine gets addresses and loses others.
    mutating func have(_ addresses: Set<IPAddress>) {
        self.addresses = addresses
        promises.have(addresses)
        note("addresses \(addresses.map { "\($0)" }.sorted())")
        work(director.addresses(addresses, at: now))
    }

    /// Somebody writes another number into a file.
    mutating func write(_ number: Int32, to path: String) {
        note("\(path) has \(number)")
        guard numbers.updateValue(number, forKey: path) != number else { return }
        for (file, check) in followed where file.path == path { launch(.number(check)) }
    }

    /// Somebody else changes the table.
    mutating func interfere(_ changes: [Change]) {
        for change in changes {
            note("operator: \(change.summary)")
            let hasEffect = kernel.base.apply(Changeset([change])).failures.isEmpty
            guard let key = change.key else {
                promises.meddledWithSettings()
                continue
            }
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
        var turns = 0
        while !isStopped, promises.violations.isEmpty {
            turns += 1
            if turns > Self.turnsAtMost { promises.violated("there is always something to do at once") }
            launch()
            var next = end
            if let moment = schedule.nextMoment { next = min(next, moment) }
            if let moment = director.nextMoment { next = min(next, moment) }
            if let moment = inFlight.first?.moment { next = min(next, moment) }
            now = max(now, next)
            if let first = inFlight.first, first.moment <= now {
                inFlight.removeFirst()
                finish(first.flight)
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
            if let check = schedule.check(of: probe.token) { promises.asks(check) }
            let result: CheckResult
            let delay: Duration
            if chance.happens(shortages) {
                (result, delay) = (CheckResult(.down, .director(.systemError(24))), .zero)
            } else {
                result = answer(to: probe.check)
                let isSilent = silent.contains(probe.check.target.address)
                delay = isSilent ? probe.check.timeout : .microseconds(chance.number(50...5000))
            }
            launch(.probe(token: probe.token, result), after: delay)
        }
    }

    private mutating func launch(_ flight: Flight, after delay: Duration = .zero) {
        let moment = now + delay
        let place = inFlight.firstIndex { $0.moment > moment } ?? inFlight.endIndex
        inFlight.insert((moment, flight), at: place)
    }

    /// What a server answers to a probe at the moment, or what its file says.
    func answer(to check: HealthCheck) -> CheckResult {
        let target = check.target
        if case .file(let file) = check.method { return CheckResult(.up, .file(numbers[file.path] ?? 0)) }
        if silent.contains(target.address) { return CheckResult(.down, .transport(.timeout)) }
        guard case .external = check.method else {
            return living.contains(target)
                ? CheckResult(.up, .transport(.passed)) : CheckResult(.down, .transport(.refused))
        }
        guard living.contains(target) else { return CheckResult(.down, .program(.exit(1))) }
        let status = statuses[target] ?? 0
        return CheckResult(.up, .program(status == 0 ? .passed : .exit(status)))
    }

    private mutating func finish(_ flight: Flight) {
        switch flight {
        case .probe(let token, let result): finish(token, result)
        case .number(let check):
            let result = answer(to: check.check)
            promises.checked(check, result)
            work(director.checked(check, result, at: now))
        }
    }

    private mutating func finish(_ token: Int, _ result: CheckResult) {
        guard let check = schedule.check(of: token) else { return }
        if !result.isUnasked { promises.checked(check, result) }
        let actions = director.checked(check, result, at: now)
        _ = schedule.finished(token: token, result, isFailing: director.isFailing(check), at: now)
        work(actions)
    }

    /// Carries actions out in order, and those of the answers after them.
    private mutating func work(_ actions: [DirectorAction]) {
        guard !actions.isEmpty else { return }
        // Taken out while actions change the world: a copy would copy everything that it has.
        var director = Director(DirectorConfiguration())
        swap(&director, &self.director)
        director.carryOut(actions, at: now) { perform($0) }
        swap(&director, &self.director)
        if !isStopping { promises.look(at: kernel.base, self.director, at: now) }
    }

    private mutating func perform(_ action: DirectorAction) -> ActionAnswer? {
        switch action {
        case .apply(let changeset):
            for change in changeset.changes { note("  \(change.summary)") }
            let promises = promises
            promises.begin(changeset)
            kernel.watcher = { promises.watch($0, $1, $2) }
            kernel.settingsWatcher = { promises.watch($0, $1, $2) }
            let report = kernel.apply(changeset)
            (kernel.watcher, kernel.settingsWatcher) = (nil, nil)
            promises.end(changeset, report)
            return .applied(report)
        case .readTable:
            guard !chance.happens(readingFailures), let table = try? kernel.tableWithSettings() else {
                promises.couldNotRead(at: now)
                note("  unread")
                return nil
            }
            note("  read")
            promises.read()
            return .table(table)
        case .schedule(let checks):
            let unwanted = Set(schedule.replace(with: checks, at: now))
            inFlight.removeAll { flight in
                switch flight.flight {
                case .probe(let token, _): unwanted.contains(token)
                case .number: true
                }
            }
            // Whoever follows files tells their numbers to each new schedule.
            followed = checks.compactMap { check in
                if case .file(let file) = check.check.method { (file, check) } else { nil }
            }
            for (_, check) in followed { launch(.number(check)) }
        case .hurry(let checks): schedule.hurry(checks, at: now)
        case .tell(let event):
            promises.told(event.matter, of: event.virtual)
            note("  \(event.virtual.name ?? ""): \(event.matter.summary)")
        case .tellSetting(let event): note("  \(event)")
        case .ready:
            isReady = true
            note("  ready")
        case .stopped:
            isStopped = true
            note("  stopped")
        }
        return nil
    }

    private mutating func describe() {
        for virtual in configuration.virtualServers { note("  \(virtual.summary)") }
    }

    mutating func note(_ line: String) {
        trace.append("\(now.nanoseconds / 1_000_000 - 1_000_000) ms \(line)")
        if trace.count > 4000 { trace.removeFirst(1000) }
    }
}
