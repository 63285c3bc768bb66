import Addresses
import Configuration
import Director
import Failover
import Glibc
import IPVS
import Keepalived
import System
import Time
import VRRP
import VRRPControl

/// What a running director does for the virtual routers of its configuration: it runs the scripts that they track, looks at files,
/// tells of their states by programs, pipes and mails, and speaks with the process that they are in.
///
/// That process goes on without it, by what it was told last.
final class RunningFailover {
    /// What it has others do.
    struct Ways {
        /// Writes a line to pipes.
        var write: (String) -> Void
        /// Sends a mail.
        var send: (Mail) -> Void
        /// Has these sync daemons run from now on.
        var want: ([SyncDaemon]) -> Void
    }

    /// The time that virtual routers have to leave at the stop, where they leave with the director.
    private static let leavePatience = Duration.seconds(2)

    /// The time within which the process is to be there.
    private static let greetingPatience = Duration.seconds(3)

    private let loop: EventLoop
    private let log: DaemonLog
    private let ways: Ways
    private let line: RoutersLine
    /// The program of the virtual routers where this director starts it; nil where a service manager does.
    private var program: RoutersProgram?
    /// The routers themselves where they are in this process; nil elsewhere.
    private var single: SingleRouters?
    private let pidFile: String?
    /// The process that is spoken with.
    private var process: DaemonProcess?
    private let delivery: NoticeDelivery
    private var notices = RouterNotices()
    /// What the director before this one has told; nil once that is known to be of another process, or there is none.
    private var former: ToldStates?
    private let toldFile: String
    private var isKeeping = false
    private(set) var configuration = FailoverConfiguration() {
        didSet { words = RouterLines(configuration) }
    }
    private var words = RouterLines(FailoverConfiguration())
    /// What scripts and files told last.
    private var values: [TrackedSubject: TrackedValue] = [:]
    /// The states of the virtual routers, as far as they are known.
    private var states: [String: RouterState] = [:]
    /// How all stood when that was told last.
    private(set) var status: RoutersStatus?
    /// The names of the routers that accept traffic for the sake of services, as they were told.
    private var accepting: Set<String> = []
    private var tracked: Set<TrackedSubject> = []
    /// Those who wait for how all stands.
    private var waiting: [() -> Void] = []
    private var isUnlinkTold = false
    private var isLeft = false
    private var isStopping = false
    private var leaveTimer: LoopTimer?

    private lazy var scripts = TrackedScripts(on: loop) { [unowned self] event in
        log.tell(.failover(event))
    } onVerdict: { [unowned self] name, isPassing in
        note(isPassing ? .well : .unwell, of: TrackedSubject(.script, name))
    }

    private lazy var measuring = TableMeasuring(on: loop) { [unowned self] table in
        line.tableMeasured(synchronised: table.synchronised, total: table.total)
    }

    private lazy var files = NumberedFiles(on: loop) { [unowned self] name, number in
        note(.number(number), of: TrackedSubject(.file, name))
    }

    /// Makes a failover of no virtual routers, and finds or starts their process.
    init(on loop: EventLoop, _ places: RoutersPlaces, log: DaemonLog, _ ways: Ways) {
        self.loop = loop
        self.log = log
        self.ways = ways
        delivery = NoticeDelivery(on: loop, log: log, write: ways.write, send: ways.send)
        let unit = places.isSingle ? nil : places.unit.flatMap { Self.listens(at: $0) ? $0 : nil }
        pidFile = unit == nil ? places.pidFile : nil
        toldFile = "\(places.own).told"
        former = SystemFile.text(toldFile).flatMap { ToldStates($0) }
        let box = Receiver()
        line = RoutersLine(to: unit ?? places.ownSocket, as: .director, process: getpid(), on: loop) {
            box.receive?($0)
        }
        box.receive = { [weak self] in self?.take($0) }
        loop.at(loop.now + Self.greetingPatience) { [weak self] in self?.tellOfSilence(at: unit ?? places.ownSocket) }
        guard unit == nil else { return }
        guard !places.isSingle else {
            do throws(SystemFailure) {
                single = try SingleRouters(on: loop, folder: places.own)
            } catch {
                log.tell(.failover(.unlinked(reason: "\(places.own): \(error)")))
                isUnlinkTold = true
            }
            return
        }
        let program = RoutersProgram(on: loop, places.command) { [weak self] event in
            self?.log.tell(.failover(event))
        } onStart: { [weak self] in
            self?.line.look()
        }
        self.program = program
        // One that a director before this one has started goes on.
        if !Self.listens(at: places.ownSocket) { program.begin() }
    }

    private func tellOfSilence(at path: String) {
        guard !line.isOpen, !isUnlinkTold, !isStopping else { return }
        isUnlinkTold = true
        log.tell(.failover(.unlinked(reason: "nobody listens at \(path)")))
    }

    private static func listens(at path: String) -> Bool {
        do throws(SystemFailure) {
            _ = try ControlSocket.connect(to: path)
            return true
        } catch {
            return false
        }
    }

    /// What the line tells, before there is somebody to hear it.
    private final class Receiver {
        var receive: ((RoutersLine.Matter) -> Void)?
    }

    // MARK: The configuration

    /// Does by a configuration what is to be done from now on.
    ///
    /// - Parameters:
    ///   - services: the addresses of the director's virtual servers.
    ///   - isGuarded: whether no program is run as root that others could change.
    func change(to new: FailoverConfiguration, services: Set<IPAddress>, isGuarded: Bool) {
        configuration = new
        delivery.isGuarded = isGuarded
        delivery.know(groups: Dictionary(new.routing.groups.map { ($0.name, $0.members) }) { first, _ in first })
        notices.change(to: new)
        let (set, changed) = new.routing.accepting(for: services)
        for name in changed where !accepting.contains(name) {
            log.tell(.failover(.acceptsForServices(router: name)))
        }
        accepting = Set(changed)
        // What is tracked no more has no value that could be told by mistake later.
        let scriptNames = set.tracked(\.scripts)
        let fileNames = set.tracked(\.files)
        let subjects =
            scriptNames.map { TrackedSubject(.script, $0) } + fileNames.map { TrackedSubject(.file, $0) }
            + set.tracked(\.servers).map { TrackedSubject(.server, $0) }
        line.forget(Array(tracked.subtracting(subjects)))
        values = values.filter { subjects.contains($0.key) }
        tracked = Set(subjects)
        line.configure(single == nil ? set : SingleRouters.adjusted(set))
        scripts.change(to: new.scripts.filter { scriptNames.contains($0.name) }, isGuarded: isGuarded)
        files.change(to: new.files.filter { fileNames.contains($0.name) })
        for (name, number) in files.numbers { note(.number(number), of: TrackedSubject(.file, name)) }
        for (name, isPassing) in scripts.verdicts {
            note(isPassing ? .well : .unwell, of: TrackedSubject(.script, name))
        }
        for line in notices.repeatedLines { ways.write(line) }
        let names = Set(new.routing.routers.map(\.name))
        states = states.filter { names.contains($0.key) }
    }

    /// The sync daemons that are to run now where their role follows a virtual router; nil where it does not.
    var daemons: [SyncDaemon]? { daemons(of: configuration) }

    /// The same by another configuration.
    func daemons(of configuration: FailoverConfiguration?) -> [SyncDaemon]? {
        configuration?.synchronisation.map { [$0.wanted(in: states[$0.router])] }
    }

    /// Whether a virtual server is tracked.
    var tracksServers: Bool { tracked.contains { $0.kind == .server } }

    /// Tells whether virtual servers are up, by the names that trackers have.
    func tell(servers: [String: Bool]) {
        for (name, isUp) in servers where tracked.contains(TrackedSubject(.server, name)) {
            note(isUp ? .well : .unwell, of: TrackedSubject(.server, name))
        }
    }

    /// Sets all counters to zero.
    func clearCounters() { line.clearCounters() }

    private func note(_ value: TrackedValue, of subject: TrackedSubject) {
        values[subject] = value
        line.track(subject, value)
    }

    /// Finds out how all stands, and goes on; at once, with what was known last, where their process is not there.
    func ask(_ body: @escaping () -> Void) {
        guard line.isOpen else { return body() }
        waiting.append(body)
        line.askStatus()
    }

    /// How the virtual routers stand now, for those who write it out; nil where there are none.
    var dump: FailoverDump? {
        guard !configuration.routing.routers.isEmpty else { return nil }
        let clock = WallClock(
            now: loop.now,
            nanoseconds: CalendarTime.nanoseconds,
            ahead: Int64(CalendarTime().offset)
        )
        return FailoverDump(configuration, status?.node ?? NodeStatus(), clock: clock, values: values)
    }

    // MARK: The line

    private func take(_ matter: RoutersLine.Matter) {
        switch matter {
        case .began(let number):
            if isUnlinkTold { log.tell(.failover(.linked)) }
            isUnlinkTold = false
            process = DaemonProcess(id: number)
            notices.processBegan()
            if let pidFile { try? ReplacedFile.put("\(number)\n", at: pidFile, mode: 0o644) }
            if isStopping { endRouters() }
        case .ended(let reason):
            // The end of a process that ends with this one is no news.
            if !isUnlinkTold, !isStopping { log.tell(.failover(.unlinked(reason: reason))) }
            isUnlinkTold = true
            process = nil
            measuring.want(false)
            let asked = waiting
            waiting = []
            for body in asked { body() }
            if isStopping { left() } else { program?.begin() }
        case .report(.event(let event)): take(event)
        case .report(.status(let status)): take(status)
        case .report(.answer(_, let refusal)): if let refusal { log.tell(.failover(.refused(reason: refusal))) }
        case .report(.greeting), .report(.lost): break
        }
    }

    private func take(_ event: RouterEvent) {
        for line in words.lines(about: event) { log.write(line) }
        if case .router(let name, _, let state, _) = event { note(state, of: name) }
        if let telling = notices.telling(of: event) {
            delivery.tell(telling)
            keepTold()
        }
        if isStopping, isStopTold { left() }
    }

    /// Takes how all stands, and tells of states that were entered while nobody heard it.
    private func take(_ status: RoutersStatus) {
        self.status = status
        if let former, former.began == status.began { notices.know(former.states) }
        former = nil
        measuring.want(status.awaitsSynchronisation && !isStopping)
        for router in status.node.routers { note(router.state, of: router.name) }
        let states =
            status.node.groups.map { (NoticeSubject(kind: .group, name: $0.name), $0.state, UInt8(0)) }
            + status.node.routers.map { (NoticeSubject(kind: .router, name: $0.name), $0.state, $0.priority) }
        for telling in notices.tellings(ofStates: states) { delivery.tell(telling) }
        keepTold()
        let asked = waiting
        waiting = []
        for body in asked { body() }
    }

    /// Leaves what was told to the director after this one; changes of one moment are written once.
    private func keepTold() {
        guard let status, !isKeeping, !isStopping else { return }
        isKeeping = true
        loop.at(loop.now + .milliseconds(20)) { [weak self] in
            guard let self, !isStopping else { return }
            isKeeping = false
            let (path, text) = (toldFile, ToldStates(began: status.began, states: notices.told).text)
            Background.begin(on: loop) {
                // Without room for it some are told twice after a crash.
                try? ReplacedFile.put(text, at: path, mode: 0o600)
            } then: { _ in
            }
        }
    }

    private func note(_ state: RouterState, of router: String) {
        let former = states.updateValue(state, forKey: router)
        guard former != state, configuration.synchronisation?.router == router, let daemons else { return }
        ways.want(daemons)
    }

    // MARK: The end

    /// Looks at nothing any more, and waits for the virtual routers where they leave with the director.
    func beginStop() {
        guard !isStopping else { return }
        isStopping = true
        scripts.close()
        files.change(to: [])
        measuring.want(false)
        delivery.beginStop()
        endRouters()
        guard program != nil && process != nil || single != nil, !isStopTold else { return left() }
        leaveTimer = loop.at(loop.now + Self.leavePatience) { [weak self] in self?.left() }
    }

    /// Has the process end that this director has started.
    private func endRouters() {
        single?.finish()
        guard let program else { return }
        program.leave()
        try? process?.signal(SIGTERM)
    }

    /// Whether all virtual routers and groups have said that they stop.
    private var isStopTold: Bool {
        let told = notices.told
        return configuration.routing.routers.allSatisfy {
            told[NoticeSubject(kind: .router, name: $0.name)] == .stop
        }
            && configuration.routing.groups.allSatisfy {
                told[NoticeSubject(kind: .group, name: $0.name)] == .stop
            }
    }

    private func left() {
        if let leaveTimer { loop.cancel(leaveTimer) }
        leaveTimer = nil
        guard !isLeft else { return }
        isLeft = true
        line.close()
        if let pidFile { unlink(pidFile) }
        unlink(toldFile)
    }

    /// Whether all is told that is to be told at the stop.
    var isOver: Bool { isLeft && delivery.isIdle && single?.isOver ?? true }

    /// Ends the scripts at once, and tells nothing more.
    func end() {
        left()
        scripts.end()
        delivery.end()
    }
}
