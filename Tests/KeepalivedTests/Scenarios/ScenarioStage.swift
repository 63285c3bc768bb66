import Addresses
import Configuration
import Dialogues
import Director
import HealthChecks
import IPVS
import Keepalived
import Time

/// The lab of the scenarios without a network: a director on a simulated kernel, servers that listen or do not, and a
/// clock that is moved by hand.
struct ScenarioStage {
    private let kernel = SimulatedKernel()
    private let voice = KeepalivedVoice()
    private var director = Director(DirectorConfiguration())
    private var schedule = CheckSchedule(capacity: 64)
    private let start = MonotonicTime(nanoseconds: 1_000_000_000)
    private var now: MonotonicTime
    private var inFlight: [(moment: MonotonicTime, token: Int, result: CheckResult)] = []
    /// The configuration as the director goes by it.
    private var configuration = DirectorConfiguration()
    private let leavesTable: Bool
    /// What listens.
    private var listening: [Endpoint: ScenarioServer] = [:]
    private var silent: Set<IPAddress> = []
    /// The addresses of this machine.
    private var addresses: Set<IPAddress> = ["10.1.0.1", "10.2.0.100"].reduce(into: []) { addresses, text in
        if let address = IPAddress(text) { addresses.insert(address) }
    }
    /// Files by their paths.
    private var files: [String: String]
    private static let mainFile = "/mnt/k/keepalived.conf"

    /// The commands since they were forgotten last.
    private(set) var commands: [String] = []
    /// The tables that there were since then, each after a command.
    private(set) var tables: [[String]] = []
    /// The lines that the FIFO got since then.
    private(set) var lines: [String] = []
    /// What this lab cannot do, and would have to.
    private(set) var limits: Set<String> = []

    init(_ scenario: Scenario) {
        files = scenario.files
        files[Self.mainFile] = scenario.config
        leavesTable = scenario.options.contains("-I")
        // The recordings' kernel has no module for it.
        kernel.surroundings.schedulers.remove("twos")
        now = start
        for server in scenario.servers { take(server) }
        guard let configuration = load() else {
            limits.insert("the configuration is refused")
            return
        }
        self.configuration = configuration
        begin()
    }

    /// The table as scenarios have it.
    var table: [String] {
        let entries = ((try? kernel.table()) ?? Table()).entries.map { entry in
            ["\(entry.service.key.scenarioName) \(entry.service.scheduler)"]
                + entry.destinations.map(\.scenarioLine).sorted()
        }
        return entries.sorted { $0[0] < $1[0] }.flatMap { $0 }
    }

    /// Begins another interval.
    mutating func forget() { (commands, tables, lines) = ([], [table], []) }

    /// Whether the configuration has a FIFO.
    var hasFIFO: Bool { !configuration.process.pipes.isEmpty }

    // MARK: What happens

    private mutating func begin() {
        director = Director(configuration)
        schedule = CheckSchedule(capacity: 64)
        inFlight = []
        _ = director.addresses(addresses, at: now)
        work(director.started(with: (try? kernel.table()) ?? Table(), at: now))
        tellFiles()
    }

    /// Tells what the files hold that weigh on servers.
    private mutating func tellFiles() {
        for virtual in configuration.virtualServers {
            for check in virtual.realServers.flatMap(\.checks) {
                guard case .file(let file) = check.probe.method else { continue }
                let value = files[file.path].flatMap { Int32($0.prefix { $0 != "\n" }) } ?? 0
                let result = CheckResult(.up, .file(value))
                work(director.checked(ScheduledCheck(check.probe, pace: check.pace), result, at: now))
            }
        }
    }

    /// Reads the configuration; nil for one that is refused.
    private func load() -> DirectorConfiguration? {
        guard let text = files[Self.mainFile] else { return nil }
        var file = KeepalivedFile(
            reading: Array(text.utf8),
            name: Self.mainFile,
            context: ReadingContext(hostName: "lb1")
        )
        while !file.inclusions.isEmpty {
            let answers = file.inclusions.map { question -> (FileQuestion, [FoundFile]) in
                let path = question.pattern.hasPrefix("/") ? question.pattern : "\(question.folder)/\(question.pattern)"
                let found = files[path].map { [FoundFile(path: path, kind: .contents(Array($0.utf8)))] }
                return (question, found ?? [])
            }
            file.include(Dictionary(answers) { first, _ in first })
        }
        var answers = StandInMachine.answers(to: file.questions)
        answers.programFaults = [:]
        return file.loaded(with: answers, unresolved: .refuse).configuration
    }

    /// Lets something happen.
    mutating func take(_ deed: Scenario.Deed) {
        switch deed[0] {
        case "up":
            guard let kind = ScenarioServer.Kind(rawValue: deed[1]) else {
                limits.insert("a server of \(deed[1])")
                return
            }
            listening[endpoint(deed[2], deed.number(3))] = ScenarioServer(kind: kind)
        case "down": listening[endpoint(deed[1], deed.number(2))] = nil
        case "mode": listening[endpoint(deed[1], deed.number(2))]?.mode = deed.mode(3) ?? ScenarioServer.Mode()
        case "silent":
            guard let address = IPAddress(deed[1]) else { return }
            if deed.items.last == .flag(true) { silent.insert(address) } else { silent.remove(address) }
        case "conf": files[Self.mainFile] = deed[1]
        case "rmconf": files[Self.mainFile] = nil
        case "file":
            files[deed[1]] = deed[2]
            tellFiles()
        case "hup":
            guard let new = load() else { return }
            configuration = new
            work(director.reloaded(new, at: now))
            tellFiles()
        case "term":
            if !leavesTable { work(director.stopping(at: now)) }
        case "kill_checker": begin()
        case "sh": for command in deed[1].split(separator: ";") { run(command.split(separator: " ").map(String.init)) }
        case "info", "end": break
        default: limits.insert("\(deed[0])")
        }
    }

    private func endpoint(_ address: String, _ port: UInt16) -> Endpoint {
        Endpoint(address: IPAddress(address) ?? .any(.ipv4), port: port)
    }

    /// An address and port with a colon between them.
    private func endpoint(of text: String) -> Endpoint? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let port = UInt16(parts[1]) else {
            return nil
        }
        return Endpoint(address: address, port: port)
    }

    /// Runs the commands that recordings have: those of ipvsadm, and rm.
    private mutating func run(_ words: [String]) {
        func value(_ option: String) -> String? {
            words.firstIndex(of: option).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
        }
        switch words.first {
        case "ipvsadm": break
        case "rm":
            files[words.last ?? ""] = nil
            return tellFiles()
        case "ip":
            let address = words.first { $0.contains("/") }.flatMap { IPAddress(String($0.prefix { $0 != "/" })) }
            if let address { addresses.insert(address) }
            return work(director.addresses(addresses, at: now))
        default:
            // What makes programs, or looks at what they wrote.
            return
        }
        guard words.last != "-C" else {
            _ = kernel.apply([.flush])
            return
        }
        guard let service = value("-t").flatMap({ endpoint(of: $0) }) else { return }
        let key = ServiceKey.endpoint(.tcp, service)
        guard let server = value("-r").flatMap({ endpoint(of: $0) }) else {
            _ = kernel.apply([.addService(VirtualService(key: key, scheduler: value("-s") ?? "wlc"))])
            return
        }
        var destination = Destination(endpoint: server, forwarding: .masquerade)
        destination.weight = value("-w").flatMap { Int32($0) } ?? 1
        let isRemoval = words[1] == "-d"
        _ = kernel.apply([isRemoval ? .deleteDestination(server, of: key) : .editDestination(destination, of: key)])
    }

    // MARK: Time

    /// Moves the clock to so many seconds after the start, and does all that falls due until then.
    mutating func pass(to seconds: Double) {
        let end = start + .milliseconds(Int64(seconds * 1000))
        while true {
            launch()
            let moments = [schedule.nextMoment, director.nextMoment, inFlight.first?.moment].compactMap { $0 }
            guard let next = moments.min(), next <= end else { break }
            now = max(now, next)
            if let first = inFlight.first, first.moment <= now {
                inFlight.removeFirst()
                finish(first.token, first.result)
            } else if let moment = director.nextMoment, moment <= now {
                work(director.timePassed(at: now))
            }
        }
        now = max(now, end)
    }

    private mutating func launch() {
        for probe in schedule.due(at: now) {
            let (result, delay) = answer(to: probe.check)
            let moment = now + delay
            let place = inFlight.firstIndex { $0.moment > moment } ?? inFlight.endIndex
            inFlight.insert((moment, probe.token, result), at: place)
        }
    }

    private mutating func finish(_ token: Int, _ result: CheckResult) {
        guard let check = schedule.check(of: token) else { return }
        let actions = director.checked(check, result, at: now)
        _ = schedule.finished(token: token, result, isFailing: director.isFailing(check), at: now)
        work(actions)
    }

    private mutating func answer(to check: HealthCheck) -> (CheckResult, Duration) {
        let prompt = Duration.milliseconds(1)
        if case .external(let program) = check.method { return answer(of: program, within: check.timeout) }
        if silent.contains(check.target.address) { return (CheckResult(.down, .transport(.timeout)), check.timeout) }
        let server = listening[check.target]
        switch check.method {
        case .ping, .echo: return (CheckResult(.up, .echo(.passed)), prompt)
        case .negotiate(let negotiation):
            return ScenarioDialogue.outcome(
                of: negotiation,
                with: server,
                at: check.target,
                within: check.timeout
            )
        case .connect: break
        case .alwaysDown, .combined, .external, .file: limits.insert("\(check.method)")
        }
        let isUp = server != nil && server?.kind != .udp
        return (CheckResult(isUp ? .up : .down, .transport(isUp ? .passed : .refused)), prompt)
    }

    /// The recordings' programs: `status N` ends with the number in a file, or hangs; `slow` takes its time.
    private mutating func answer(of program: ExternalCheck, within timeout: Duration) -> (CheckResult, Duration) {
        var (status, delay) = (0, Duration.milliseconds(1))
        switch program.program {
        case "/mnt/k/status":
            let word = files["/mnt/k/exit.\(program.arguments.first ?? "")"]?.prefix { !$0.isNewline } ?? ""
            if let number = Int(word) { status = number } else { delay = .seconds(1000) }
        case "/mnt/k/slow": delay = .milliseconds(2500)
        default: limits.insert(program.program)
        }
        if delay > timeout { return (CheckResult(.down, .program(.timeout)), timeout) }
        let layer = CheckLayer.program(status == 0 ? .passed : .exit(status))
        return (CheckResult(program.failingStatuses.contains(status) ? .down : .up, layer), delay)
    }

    // MARK: The kernel

    private mutating func work(_ actions: [DirectorAction]) {
        var director = Director(DirectorConfiguration())
        swap(&director, &self.director)
        director.carryOut(actions, at: now) { perform($0) }
        swap(&director, &self.director)
    }

    private mutating func perform(_ action: DirectorAction) -> ActionAnswer? {
        switch action {
        case .apply(let changeset):
            var failures: [ApplyReport.Failure] = []
            for (index, change) in changeset.changes.enumerated() {
                commands.append(change.scenarioCommand)
                if let failure = kernel.apply(Changeset([change])).failures.first {
                    failures.append(ApplyReport.Failure(index: index, error: failure.error))
                }
                tables.append(table)
            }
            return .applied(ApplyReport(count: changeset.changes.count, failures: failures))
        case .readTable: return (try? kernel.table()).map { .table($0) }
        case .schedule(let checks):
            let unwanted = Set(schedule.replace(with: checks, at: now))
            inFlight.removeAll { unwanted.contains($0.token) }
            return nil
        case .hurry(let checks):
            schedule.hurry(checks, at: now)
            return nil
        case .tell(let event):
            for case .pipe(let line) in voice.utterances(for: event) { lines.append(line) }
            return nil
        default: return nil
        }
    }
}
