import Time

/// The life of a director's process: what it waits for, what it may do, and what follows from what happens to it.
///
/// It owns no clock, no file and no kernel: it is told what happens and says what to do, in order. Whoever does it tells
/// that time has passed at `nextMoment`.
struct DaemonLife: Hashable, Sendable {
    /// Where a director is in its life.
    enum Phase: Hashable, Sendable {
        /// The file is loaded for the first time; `next`: why it is to be loaded again once the director runs.
        case loading(next: LoadCause?)
        /// Waits for the kernel's table, which may fail to come until a moment; where it failed it is read again at another.
        case awaitingTable(until: MonotonicTime, again: MonotonicTime?, next: LoadCause?)
        /// Directs.
        case running(Work)
        /// Waits for the kernel to be as it shall be left, no longer than until a moment.
        case stopping(until: MonotonicTime, signal: String)
        /// The kernel is as it shall be left; what was begun beside it may still end, until a moment where there is one.
        case lingering(until: MonotonicTime?, signal: String)
        /// It is over, with that exit status.
        case ended(Int32)
    }

    /// What goes on while a director runs.
    struct Work: Hashable, Sendable {
        /// Whether the first full round of verdicts is over.
        var isReady = false
        var load = Load.none
        var reload = Reload.told
    }

    /// A loading of the file beside the one in force; there is one at a time.
    enum Load: Hashable, Sendable {
        case none
        /// One goes on; `next`: why another one is to follow it.
        case underWay(next: LoadCause?)
        /// None goes on, and one is to begin.
        case due(LoadCause)
    }

    /// What the service manager knows of reloads.
    enum Reload: Hashable, Sendable {
        /// Nothing is open: each that it was told of has been told to be over.
        case told
        /// It waits to hear that one is over; from the moment on that one has, it hears that no later than this.
        case open(until: MonotonicTime?)
    }

    /// Something that is to be done.
    enum Action: Hashable, Sendable {
        /// Load the file in the background, and tell what became of it.
        case load(LoadCause)
        /// Take the configuration that was loaded first: begin the log, the watch over its file, and the director.
        case take
        /// Say why the file that was loaded first cannot be used.
        case refuse
        /// Take the configuration that was loaded in the place of the one in force.
        case replace
        /// Say why the configuration in force stays, though the file was loaded again.
        case keep
        /// Read the kernel's table, and tell what became of it.
        case readTable
        /// Say that the kernel's table cannot be read.
        case giveUp
        /// Direct, from the table that was read on.
        case direct
        /// Put that phase into the status file.
        case publish(DaemonStatus.Phase)
        /// Start, stop and reload the directors that go along with this one, as the configuration in force names them.
        case changeCompanions
        /// Tell the service manager that a reload begins.
        case announceReload
        /// Tell the service manager that the director works by the configuration in force.
        case announceReady
        /// Tell the service manager that the director is ending.
        case announceStop
        /// Tell whoever waits for the start that there is none, with that exit status.
        case failStart(Int32)
        /// Leave the kernel as it shall be left, and follow nothing any more.
        case leave
        /// Send what mails were held back.
        case sumUpMails
        /// What waits may begin: ask `beginDueLoad`.
        case goOn
        /// End: with that exit status, because of the signal of that name where that is to be told, and whether the kernel gave no answer.
        case end(Int32, signal: String?, isKernelLate: Bool)
    }

    /// What became of loading the file.
    enum Loaded: Hashable, Sendable {
        case usable
        /// It cannot be used; a start ends with that exit status.
        case unusable(Int32)
    }

    /// The time that the kernel has at the end.
    static let stopPatience = Duration.seconds(10)
    /// The time that mails, commands and the programs of checks have after that.
    static let lingering = Duration.seconds(3)
    /// The time for which the kernel may fail to give its table at the start.
    static let tablePatience = Duration.seconds(5)
    /// The time until a table that could not be read is read again.
    static let tablePause = Duration.milliseconds(200)
    /// The longest time that a service manager waits for the end of a reload whose configuration is in force.
    static let reloadPatience = Duration.seconds(10)

    private(set) var phase = Phase.loading(next: nil)

    // MARK: Loading

    /// Begins.
    mutating func begin() -> [Action] { [.load(.request)] }

    /// The file is to be loaded: at once, or once that can be done.
    ///
    /// Of several causes that wait, a request counts more than a change of the file.
    mutating func wantLoad(_ cause: LoadCause) -> [Action] {
        switch phase {
        case .loading(let next): phase = .loading(next: Self.stronger(next, cause))
        case .awaitingTable(let end, let again, let next):
            phase = .awaitingTable(until: end, again: again, next: Self.stronger(next, cause))
        case .running(var work):
            switch work.load {
            case .underWay(let next): work.load = .underWay(next: Self.stronger(next, cause))
            case .due(let next): work.load = .due(Self.stronger(next, cause))
            case .none: return begin(cause, work)
            }
            phase = .running(work)
        case .stopping, .lingering, .ended: break
        }
        return []
    }

    /// What waited for the end of something else is begun.
    mutating func beginDueLoad() -> [Action] {
        guard case .running(let work) = phase, case .due(let cause) = work.load else { return [] }
        return begin(cause, work)
    }

    private mutating func begin(_ cause: LoadCause, _ work: Work) -> [Action] {
        var work = work
        work.load = .underWay(next: nil)
        if case .told = work.reload { work.reload = .open(until: nil) }
        phase = .running(work)
        return [.announceReload, .load(cause)]
    }

    private static func stronger(_ one: LoadCause?, _ other: LoadCause) -> LoadCause {
        one == .request ? .request : other
    }

    /// The file was loaded, or cannot be used.
    mutating func loaded(_ loaded: Loaded, at now: MonotonicTime) -> [Action] {
        switch phase {
        case .loading(let next):
            if case .unusable(let status) = loaded { return [.refuse] + end(status) }
            phase = .awaitingTable(until: now + Self.tablePatience, again: nil, next: next)
            return [.take, .readTable]
        case .running(var work):
            guard case .underWay(let next) = work.load else { return [] }
            work.load = next.map { .due($0) } ?? .none
            var actions: [Action]
            switch loaded {
            case .usable:
                actions = [.replace]
                if work.isReady { actions.append(.changeCompanions) }
                if work.isReady, case .open = work.reload { work.reload = .open(until: now + Self.reloadPatience) }
            case .unusable:
                actions = [.keep]
                if work.isReady { actions.append(.announceReady) }
                if work.isReady { work.reload = .told }
            }
            phase = .running(work)
            return actions + [.publish(work.isReady ? .running : .starting), .goOn]
        case .awaitingTable, .stopping, .lingering, .ended: return []
        }
    }

    // MARK: The kernel's table

    /// The table that was awaited is there.
    mutating func tableRead() -> [Action] {
        guard case .awaitingTable(_, _, let next) = phase else { return [] }
        phase = .running(Work(load: next.map { .due($0) } ?? .none))
        return [.publish(.starting), .direct, .goOn]
    }

    /// The table that was awaited could not be read, for a reason that may pass or not.
    mutating func tableFailed(isPassing: Bool, at now: MonotonicTime) -> [Action] {
        guard case .awaitingTable(let end, _, let next) = phase else { return [] }
        guard isPassing, now < end else { return [.giveUp] + self.end(1) }
        phase = .awaitingTable(until: end, again: now + Self.tablePause, next: next)
        return []
    }

    /// The first verdict on every server is there, and the table says so.
    mutating func becameReady() -> [Action] {
        guard case .running(var work) = phase else { return [] }
        let isFirst = !work.isReady
        work.isReady = true
        work.reload = .told
        phase = .running(work)
        return [.announceReady] + (isFirst ? [.publish(.running), .changeCompanions] : [])
    }

    // MARK: The end

    /// Somebody wants the director to stop, by the signal of that name; whoever wants it twice waits for nothing more.
    mutating func wantStop(_ signal: String, at now: MonotonicTime) -> [Action] {
        switch phase {
        case .loading, .awaitingTable:
            phase = .lingering(until: nil, signal: signal)
            return [.announceStop, .failStart(1)]
        case .running:
            phase = .stopping(until: now + Self.stopPatience, signal: signal)
            return [.announceStop, .publish(.stopping), .leave]
        case .stopping, .lingering: return end(0)
        case .ended: return []
        }
    }

    /// The kernel is as it shall be left.
    ///
    /// - Parameter patience: the time that what goes on beside it has; nil for the built-in one.
    mutating func stopped(at now: MonotonicTime, patience: Duration? = nil) -> [Action] {
        guard case .stopping(_, let signal) = phase else { return [] }
        phase = .lingering(until: now + (patience ?? Self.lingering), signal: signal)
        return [.sumUpMails]
    }

    /// Nothing is under way beside the kernel.
    mutating func becameIdle() -> [Action] {
        guard case .lingering = phase else { return [] }
        return end(0)
    }

    private mutating func end(_ status: Int32) -> [Action] {
        var isKernelLate = false
        var signal: String?
        switch phase {
        case .stopping(_, let name): (isKernelLate, signal) = (true, name)
        case .lingering(_, let name): signal = name
        case .loading, .awaitingTable, .running: break
        case .ended: return []
        }
        phase = .ended(status)
        return [.end(status, signal: status == 0 ? signal : nil, isKernelLate: isKernelLate)]
    }

    // MARK: Time

    /// When `timePassed` has something to do; nil for never.
    var nextMoment: MonotonicTime? {
        switch phase {
        case .awaitingTable(_, let again, _): again
        case .running(let work): if case .open(let end) = work.reload { end } else { nil }
        case .stopping(let end, _): end
        case .lingering(let end, _): end
        case .loading, .ended: nil
        }
    }

    /// Does what has become due.
    mutating func timePassed(at now: MonotonicTime) -> [Action] {
        guard let moment = nextMoment, moment <= now else { return [] }
        switch phase {
        case .awaitingTable(let end, _, let next):
            phase = .awaitingTable(until: end, again: nil, next: next)
            return [.readTable]
        case .running(var work):
            work.reload = .told
            phase = .running(work)
            return [.announceReady]
        case .stopping: return end(1)
        case .lingering: return end(0)
        case .loading, .ended: return []
        }
    }
}

extension DaemonLife {
    /// Whether the director directs.
    var isRunning: Bool { if case .running = phase { true } else { false } }

    /// Whether it waits for nothing but what was begun beside the kernel.
    var isLingering: Bool { if case .lingering = phase { true } else { false } }

    /// Whether a change of the file is of interest: there is a configuration in force, or about to be.
    var followsFile: Bool {
        switch phase {
        case .awaitingTable, .running: true
        case .loading, .stopping, .lingering, .ended: false
        }
    }

    /// Whether the first full round of verdicts is over.
    var isReady: Bool { if case .running(let work) = phase { work.isReady } else { false } }

    /// The exit status; nil while it lives.
    var exitStatus: Int32? { if case .ended(let status) = phase { status } else { nil } }
}
