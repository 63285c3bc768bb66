import CLinux
package import Failover
import Glibc
import Links
package import System
import Time
package import VRRP
import VRRPControl
import VRRPIO

/// The process of the virtual routers: the node between sockets, the kernel's links, records and the line to the director.
///
/// It decides nothing. What happens is told to the node, and what the node says is carried out, in order.
package final class RunningRouters {
    /// How the process ends.
    package enum End: Hashable, Sendable {
        /// In order: mastership is given away, and nothing is left behind.
        case stopped
        /// Another program takes its place, and goes on as master.
        case restart
    }

    let loop: EventLoop
    let folder: RuntimeFolder
    let boot: BootIdentity
    let began: MonotonicTime
    private let notifier: Notifier?
    let frames: FrameSocket
    private let records: RecordFile
    private(set) lazy var sockets = RouterSockets(on: loop) { [unowned self] in take($0) }
    var log = ServiceLog()
    var worker: LinksWorker?
    var lines: RouterLines?
    private var looks: ProcessLooks?
    private var settings = ProcessSettings()

    /// The configuration to begin with, until the links are known.
    private var waiting: RouterSet?
    var node: FailoverNode?
    var snapshot: LinksSnapshot?
    /// What the node wants and the other thread was not told yet.
    var wishes: [LinkOwner: LinkWish] = [:]
    var wishOrder: [LinkOwner] = []
    var wishNumber = 0
    var doneNumber = 0
    /// The number of configurations that were put into force.
    var generation: UInt64 = 0
    var values: [TrackedSubject: TrackedValue] = [:]

    private var nodeTimer: (timer: LoopTimer, moment: MonotonicTime)?
    var socketTimer: LoopTimer?
    var statusTimer: LoopTimer?
    var valueTimer: LoopTimer?
    var channels: [RouterChannel] = []
    var deaf: [String: SystemFailure] = [:]
    var worstLateness = Duration.zero
    var packetCount: UInt64 = 0
    /// The packets that are read before masters are looked at whose advertisements are due.
    static let packetsAtOnce: UInt64 = 64
    var interfaces = InterfaceTable()
    /// What the node said and was not carried out yet.
    private var queue: [NodeAction] = []
    private var isBusy = false
    var end: End?
    private var isLeaving = false
    /// Whether it has ended, and leaves nothing behind that it could remove.
    package private(set) var isOver = false

    /// Opens all that does not depend on a configuration.
    ///
    /// - Throws: `SystemFailure` of a call without which there is no service.
    package init(on loop: EventLoop, folder: RuntimeFolder, boot: BootIdentity, notifier: Notifier?)
        throws(SystemFailure)
    {
        self.loop = loop
        self.folder = folder
        self.boot = boot
        self.notifier = notifier
        began = loop.now
        frames = try FrameSocket()
        records = try RecordFile(at: folder.recordPath, boot: boot)
    }

    /// Listens, and begins with a configuration where one is known.
    ///
    /// - Parameters:
    ///   - set: the configuration; nil for the one that was in force last in this run of the machine, or the director's.
    ///   - users: whose processes may connect.
    ///   - inherited: the end of a pair that a director holds.
    /// - Throws: `SystemFailure` of a call without which there is no service.
    package func begin(_ set: RouterSet?, users: Set<UInt32>, inherited: Int32?) throws(SystemFailure) {
        lines = try RouterLines(
            ControlSocket.listen(at: folder.socketPath),
            allowed: users,
            inherited: inherited,
            on: loop
        ) { [unowned self] in take($0) }
        worker = try LinksWorker(on: loop) { [unowned self] in take($0) }
        looks = ProcessLooks(on: loop) { [unowned self] in track($0, $1) }
        values = folder.values
        waiting = set ?? folder.configuration
        if let set { keep(set) }
        worker?.ask(.look)
        everyMinute()
        beAlive()
    }

    /// Runs until the end.
    ///
    /// - Throws: `SystemFailure` of `epoll_wait`.
    package func run() throws(SystemFailure) -> End {
        while true {
            try loop.runTurn()
            if isOver, let end { return end }
        }
    }

    // MARK: The configuration

    /// Puts a configuration into force.
    ///
    /// - Returns: why it is not; nil when it is, or will be as soon as the links are known.
    package func configure(_ set: RouterSet) -> String? {
        if let objection = set.objection { return objection }
        guard end == nil else { return "the process ends" }
        keep(set)
        if let node, node.configuration == set { return nil }
        apply(set.settings)
        looks?.follow(set.processes)
        returnMemory()
        if node != nil {
            generation += 1
            tell { $0.reconfigure(set, at: $1) }
        } else {
            waiting = set
            if snapshot != nil { start() }
        }
        return nil
    }

    func keep(_ set: RouterSet) {
        do throws(SystemFailure) {
            try folder.keep(set)
        } catch {
            log.write("the configuration is not kept for the next process: \(error)", kind: "keeping")
        }
    }

    /// Gives memory back that only a new configuration needs: its text, and the code that reads it.
    private func returnMemory() {
        loop.at(loop.now + .seconds(5)) {
            Machine.returnMemory()
            _ = clinux_forget_code()
        }
    }

    private func apply(_ settings: RouterSettings) {
        for complaint in self.settings.apply(settings) { log.write(complaint) }
        // Addresses are set by the other thread, which yields to advertisements alone.
        worker?.ask(.runInRealTime(settings.realTimePriority.map { max($0 - 1, 1) } ?? 0))
    }

    func start() {
        guard let set = waiting, let snapshot, node == nil else { return }
        waiting = nil
        generation += 1
        worker?.ask(.keep(maker: set.settings.routeMaker, linkPrefix: set.settings.linkPrefix))
        apply(set.settings)
        looks?.follow(set.processes)
        var facts = NodeFacts(boot: boot, bootMoment: Self.bootMoment(at: loop.now), links: snapshot)
        facts.records = records.records
        facts.belongings = folder.belongings
        self.snapshot = LinksSnapshot()
        node = FailoverNode(set)
        // What was tracked before this process began still holds: nobody else can tell whether the director is gone.
        for (subject, value) in values { _ = node?.tracked(subject, value, at: loop.now) }
        tell { $0.start(facts, at: $1) }
        notifier?.ready("\(set.routers.count) virtual routers")
        returnMemory()
        if lines?.hasDirector != true {
            loop.at(loop.now + .seconds(5)) { [weak self] in
                guard let self, lines?.hasDirector != true else { return }
                tell { $0.trackersVanished(at: $1) }
            }
        }
    }

    /// The moment at which the machine booted, before the zero of the clock where it slept since.
    private static func bootMoment(at now: MonotonicTime) -> MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return now + .seconds(-Int64(time.tv_sec)) + .nanoseconds(-Int64(time.tv_nsec))
    }

    // MARK: The node

    /// Tells the node something; what it says is carried out behind all that it said before.
    func tell(_ body: (inout FailoverNode, MonotonicTime) -> [NodeAction]) {
        guard var current = node.take() else { return }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let wall = Duration.seconds(time.tv_sec) + .nanoseconds(Int64(time.tv_nsec))
        current.wallClock = wall - .nanoseconds(EventLoop.clock.nanoseconds)
        queue += body(&current, loop.now)
        node = current
        carryOut()
    }

    /// Carries out what the node said and what followed from that, in order, until there is nothing left.
    func carryOut() {
        guard !isBusy else { return }
        isBusy = true
        while !queue.isEmpty {
            let actions = queue
            queue = []
            perform(actions)
        }
        isBusy = false
        sendWishes()
        planNode()
    }

    private func perform(_ actions: [NodeAction]) {
        var announced: [Announcement] = []
        for action in actions {
            if case .announce(let announcement) = action {
                announced.append(announcement)
                continue
            }
            announce(&announced)
            switch action {
            case .open(let channels): open(channels)
            case .send(let advertisement, let router): send(advertisement, by: router)
            case .claim(let addresses): worker?.ask(.claim(addresses))
            case .want(let wish, let owner):
                if wishes.updateValue(wish, forKey: owner) == nil { wishOrder.append(owner) }
            case .announce: break
            case .record(let record): records.write(record)
            case .clearRecord(let digest): records.clear(digest: digest)
            case .note(let addresses): note(addresses)
            case .tell(let event): tell(event)
            }
        }
        announce(&announced)
    }

    private func planNode() {
        let moment = end == nil ? node?.nextMoment : nil
        guard nodeTimer?.moment != moment else { return }
        if let nodeTimer { loop.cancel(nodeTimer.timer) }
        nodeTimer = moment.map { moment in
            (loop.at(moment) { [unowned self] in passTime(planned: moment) }, moment)
        }
    }

    private func passTime(planned: MonotonicTime) {
        nodeTimer = nil
        worstLateness = max(worstLateness, loop.now - planned)
        tell { $0.timePassed(at: $1) }
    }

    // MARK: The end

    /// Ends: with `stopped` when the kernel has nothing of ours any more, but after three seconds at most.
    package func finish(_ wanted: End) {
        guard end == nil else { return }
        end = wanted
        notifier?.stopping()
        guard node != nil else {
            isOver = true
            return
        }
        tell { $0.stop(keeping: wanted == .restart, at: $1) }
        guard wanted == .stopped else {
            isOver = true
            return
        }
        if doneNumber == wishNumber { return leave() }
        loop.at(loop.now + .seconds(3)) { [unowned self] in isOver = true }
    }

    /// Leaves, as nothing of ours is left; who reads at once hears of the end before.
    func leave() {
        guard !isLeaving else { return }
        isLeaving = true
        folder.forget()
        guard lines?.isBusy == true else {
            isOver = true
            return
        }
        loop.at(loop.now + .milliseconds(200)) { [unowned self] in isOver = true }
    }

    /// The kernel sends this when the process computed too long in real time.
    package func computedTooLong() {
        log.write("it computed longer without a pause than its limit allows", kind: "limit")
    }

    private func everyMinute() {
        loop.at(loop.now + .seconds(60)) { [weak self] in
            self?.log.forget()
            self?.everyMinute()
        }
    }

    private func beAlive() {
        guard let notifier, let period = notifier.watchdogPeriod else { return }
        loop.at(loop.now + period / 3) { [weak self] in
            notifier.alive()
            self?.beAlive()
        }
    }
}
