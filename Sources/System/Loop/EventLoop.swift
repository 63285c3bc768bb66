import CLinux
import Glibc
package import Time

/// Waits for descriptors and moments, and tells whoever asked; belongs to one thread.
///
/// Bodies are called from `runTurn`, never from within `watch` or `at`. They may watch, end, set and cancel as they
/// like: what has been ended or cancelled is not told any more, not even in the same turn.
package final class EventLoop {
    /// The moment at which the turn began; `CLOCK_MONOTONIC`.
    package private(set) var now: MonotonicTime

    /// How far apart turns are held while one follows the other without a rest; none at first.
    ///
    /// What happens between two turns is then handled in one, which saves much of the cost of waking up where many
    /// descriptors are watched, and delays each event by so much at most. A loop that has rested makes some turns freely.
    package var turnSpacing: Duration {
        get { pace.spacing }
        set { pace.spacing = newValue }
    }
    /// What the loop takes for the clock: `CLOCK_MONOTONIC`, or the time of a test.
    package let clock: () -> MonotonicTime

    private struct WatchSlot {
        var generation: UInt32 = 0
        var descriptor: Int32 = -1
        var body: ((Readiness) -> Void)?
    }

    private struct ClientSlot {
        unowned let client: any LoopClient
    }

    private enum TimerBody {
        case closure(() -> Void)
        case client(Int, ClientKey)
    }

    /// Starts the programs of this loop.
    private(set) lazy var starter = ProgramStarter(on: self)
    /// Keeps the output of what programs leave running.
    private(set) lazy var drain = OutputDrain(on: self)

    private let poll: Descriptor
    private let events: UnsafeMutableBufferPointer<epoll_event>
    private var watches: ContiguousArray<WatchSlot> = []
    private var freeWatches: ContiguousArray<UInt32> = []
    private var clients: ContiguousArray<ClientSlot?> = []
    private var timers = MomentHeap()
    /// What each timer does, in the place that it has in the heap of them.
    private var bodies: ContiguousArray<TimerBody?> = []
    private var freeBodies: ContiguousArray<Int> = []
    private var isStopped = false
    private var pace = TurnPace()

    /// Makes a loop that watches nothing.
    ///
    /// - Parameter clock: tells the time by which moments have come.
    /// - Throws: `SystemFailure` of `epoll_create1`.
    package init(clock: @escaping () -> MonotonicTime = { EventLoop.clock }) throws(SystemFailure) {
        poll = try Descriptor(of: "epoll_create1", epoll_create1(Int32(EPOLL_CLOEXEC)))
        self.clock = clock
        events = .allocate(capacity: 256)
        events.initialize(repeating: epoll_event())
        now = clock()
    }

    deinit {
        events.deallocate()
    }

    /// The clock itself, for the few who need it within a turn.
    package static var clock: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    // MARK: Descriptors

    /// Has a body called whenever a descriptor is ready; errors and hang-ups are told unasked.
    ///
    /// The descriptor stays the caller's. It is to be closed only after `end`.
    ///
    /// - Throws: `SystemFailure` of `epoll_ctl`; `EPERM` for what cannot be waited for, a regular file.
    package func watch(
        _ descriptor: Int32,
        for readiness: Readiness,
        _ body: @escaping (Readiness) -> Void
    ) throws(SystemFailure) -> Watch {
        let index: UInt32
        if let free = freeWatches.popLast() {
            index = free
        } else {
            index = UInt32(watches.count)
            watches.append(WatchSlot())
        }
        let watch = Watch(index: index, generation: watches[Int(index)].generation)
        do {
            try control(EPOLL_CTL_ADD, descriptor, readiness, data(of: watch))
        } catch {
            freeWatches.append(index)
            throw error
        }
        watches[Int(index)].descriptor = descriptor
        watches[Int(index)].body = body
        return watch
    }

    /// Changes what is waited for.
    ///
    /// - Throws: `SystemFailure` of `epoll_ctl`.
    package func change(_ watch: Watch, to readiness: Readiness) throws(SystemFailure) {
        guard isCurrent(watch) else { return }
        try control(EPOLL_CTL_MOD, watches[Int(watch.index)].descriptor, readiness, data(of: watch))
    }

    /// Watches the descriptor no longer.
    package func end(_ watch: Watch) {
        guard isCurrent(watch) else { return }
        let index = Int(watch.index)
        _ = clinux_epoll_control(poll.number, EPOLL_CTL_DEL, watches[index].descriptor, 0, 0)
        watches[index] = WatchSlot(generation: watch.generation &+ 1)
        freeWatches.append(watch.index)
    }

    private func isCurrent(_ watch: Watch) -> Bool {
        watches[Int(watch.index)].generation == watch.generation && watches[Int(watch.index)].body != nil
    }

    private func data(of watch: Watch) -> UInt64 {
        UInt64(watch.index) << 32 | UInt64(watch.generation)
    }

    private func control(
        _ operation: Int32,
        _ descriptor: Int32,
        _ readiness: Readiness,
        _ data: UInt64
    ) throws(SystemFailure) {
        guard clinux_epoll_control(poll.number, operation, descriptor, readiness.rawValue, data) == 0 else {
            throw SystemFailure(call: "epoll_ctl", number: errno)
        }
    }

    // MARK: Moments

    /// Has a body called at a moment, or in the next turn when it has passed.
    @discardableResult
    package func at(_ moment: MonotonicTime, _ body: @escaping () -> Void) -> LoopTimer {
        plan(.closure(body), at: max(moment, now))
    }

    /// Forgets a timer that has not fired.
    package func cancel(_ timer: LoopTimer) {
        if let place = timers.remove(timer) { _ = takeBody(at: place) }
    }

    // MARK: Clients

    private func plan(_ body: TimerBody, at moment: MonotonicTime) -> LoopTimer {
        let place: Int
        if let free = freeBodies.popLast() {
            place = free
            bodies[place] = body
        } else {
            place = bodies.count
            bodies.append(body)
        }
        return timers.insert(place, at: moment)
    }

    private func takeBody(at place: Int) -> TimerBody? {
        defer {
            bodies[place] = nil
            freeBodies.append(place)
        }
        return bodies[place]
    }

    /// Lets a client watch and set timers under keys of its own; it must leave before it goes away.
    package func join(_ client: any LoopClient) -> Int {
        if let free = clients.firstIndex(where: { $0 == nil }) {
            clients[free] = ClientSlot(client: client)
            return free
        }
        precondition(clients.count < 127, "a loop has no more than 127 clients")
        clients.append(ClientSlot(client: client))
        return clients.count - 1
    }

    /// Tells a client nothing more.
    package func leave(_ client: Int) {
        clients[client] = nil
    }

    /// Watches a descriptor until it is closed.
    package func watch(
        _ descriptor: Int32,
        for readiness: Readiness,
        client: Int,
        _ key: ClientKey
    ) throws(SystemFailure) {
        let data = UInt64(client + 1) << 56 | UInt64(key.index) << 32 | UInt64(key.generation)
        try control(EPOLL_CTL_ADD, descriptor, readiness, data)
    }

    /// Sets a timer.
    package func at(_ moment: MonotonicTime, client: Int, _ key: ClientKey) -> LoopTimer {
        plan(.client(client, key), at: max(moment, now))
    }

    // MARK: Running

    /// Runs turns until `stop`.
    ///
    /// - Throws: `SystemFailure` of `epoll_wait`.
    package func run() throws(SystemFailure) {
        isStopped = false
        while !isStopped { try runTurn() }
    }

    /// Makes `run` return after the turn in which this is called.
    package func stop() {
        isStopped = true
    }

    /// Waits until something happens, at most so long, and tells what has happened: first descriptors, then moments.
    ///
    /// - Throws: `SystemFailure` of `epoll_wait`.
    package func runTurn(atMost longest: Duration? = nil) throws(SystemFailure) {
        if pace.spacing > .zero { holdApart() }
        let count = epoll_wait(poll.number, events.baseAddress, Int32(events.count), patience(atMost: longest))
        guard count >= 0 || errno == EINTR else { throw SystemFailure(call: "epoll_wait", number: errno) }
        now = clock()
        if let events = events.baseAddress {
            for index in 0..<max(count, 0) {
                tell(clinux_epoll_data(events, index), Readiness(rawValue: clinux_epoll_events(events, index)))
            }
        }
        // What is set from here on is for the next turn: its moment is not before `now`, and its place behind.
        let present = timers.mark
        while let place = timers.popFirst(at: now, insertedBefore: present), let body = takeBody(at: place) {
            switch body {
            case .closure(let body): body()
            case .client(let client, let key): clients[client]?.client.timePassed(key)
            }
        }
    }

    /// Sleeps while turns have come too fast.
    private func holdApart() {
        let rest = pace.rest(before: clock())
        guard rest > .zero else { return }
        var time = timespec(tv_sec: 0, tv_nsec: Int(rest.nanoseconds))
        nanosleep(&time, nil)
    }

    /// The milliseconds to wait, rounded up so that the first timer is due after them; -1 for ever.
    private func patience(atMost longest: Duration?) -> Int32 {
        var nanoseconds = longest.map { max($0.nanoseconds, 0) } ?? -1
        if let first = timers.firstMoment {
            let rest = max((first - clock()).nanoseconds, 0)
            nanoseconds = nanoseconds < 0 ? rest : min(rest, nanoseconds)
        }
        guard nanoseconds >= 0 else { return -1 }
        let milliseconds = nanoseconds / 1_000_000 + (nanoseconds % 1_000_000 == 0 ? 0 : 1)
        return Int32(min(milliseconds, 3_600_000))
    }

    private func tell(_ data: UInt64, _ readiness: Readiness) {
        let generation = UInt32(truncatingIfNeeded: data)
        let client = Int(data >> 56)
        if client > 0 {
            let key = ClientKey(index: UInt32(truncatingIfNeeded: data >> 32) & 0xff_ffff, generation: generation)
            clients[client - 1]?.client.ready(key, readiness)
            return
        }
        let index = Int(data >> 32)
        guard watches[index].generation == generation, let body = watches[index].body else { return }
        body(readiness)
    }
}
