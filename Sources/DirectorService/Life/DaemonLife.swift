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
        /// The program runs that the configuration has run before all else.
        case preparing(next: LoadCause?)
        /// Waits for the kernel's table, which may fail to come until a moment; where it failed it is read again at another.
        case awaitingTable(until: MonotonicTime, again: MonotonicTime?, next: LoadCause?)
        /// Directs.
        case running(Work)
        /// Waits for the kernel to be as it shall be left, no longer than until a moment.
        case stopping(until: MonotonicTime, signal: String)
        /// The kernel is as it shall be left; what was begun beside it may still end, until a moment where there is one.
        case lingering(until: MonotonicTime?, signal: String)
        /// The program runs that the configuration has run after all else, which has a time of its own.
        case closing(End)
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
        case .preparing(let next): phase = .preparing(next: Self.stronger(next, cause))
        case .awaitingTable(let end, let again, let next):
            phase = .awaitingTable(until: end, again: again, next: Self.stronger(next, cause))
        case .running(var work):
            switch work.load {
            case .underWay(let next): work.load = .underWay(next: Self.stronger(next, cause))
            case .due(let next): work.load = .due(Self.stronger(next, cause))
            case .none: return begin(cause, work)
            }
            phase = .running(work)
        case .stopping, .lingering, .closing, .ended: break
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
            phase = .preparing(next: next)
            return [.take, .prepare]
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
        case .preparing, .awaitingTable, .stopping, .lingering, .closing, .ended: return []
        }
    }

    /// The program that is run before all else has ended, or there is none.
    mutating func prepared(at now: MonotonicTime) -> [Action] {
        guard case .preparing(let next) = phase else { return [] }
        phase = .awaitingTable(until: now + Self.tablePatience, again: nil, next: next)
        return [.readTable]
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
        guard isPassing, now < end else { return [.giveUp] + close(1) }
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
        case .preparing:
            phase = .lingering(until: nil, signal: signal)
            return [.announceStop, .failStart(1), .endPreparation]
        case .running:
            phase = .stopping(until: now + Self.stopPatience, signal: signal)
            return [.announceStop, .publish(.stopping), .leave]
        case .stopping, .lingering, .closing: return end(0)
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
        return close(0)
    }

    /// The program that is run after all else has ended, or there is none.
    mutating func closed() -> [Action] {
        guard case .closing(let end) = phase else { return [] }
        return self.end(end.status)
    }

    /// Ends once the program has ended that is run after all else.
    private mutating func close(_ status: Int32) -> [Action] {
        phase = .closing(ending(status))
        return [.close]
    }

    private mutating func end(_ status: Int32) -> [Action] {
        let end = ending(status)
        phase = .ended(end.status)
        return [.end(end)]
    }

    /// How it ends with a status, or does already.
    private func ending(_ status: Int32) -> End {
        switch phase {
        case .stopping(_, let name): End(status: status, signal: status == 0 ? name : nil, isKernelLate: true)
        case .lingering(_, let name): End(status: status, signal: status == 0 ? name : nil)
        case .closing(let end): end
        case .loading, .preparing, .awaitingTable, .running, .ended: End(status: status)
        }
    }

    // MARK: Time

    /// When `timePassed` has something to do; nil for never.
    var nextMoment: MonotonicTime? {
        switch phase {
        case .awaitingTable(_, let again, _): again
        case .running(let work): if case .open(let end) = work.reload { end } else { nil }
        case .stopping(let end, _): end
        case .lingering(let end, _): end
        case .loading, .preparing, .closing, .ended: nil
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
        case .stopping: return close(1)
        case .lingering: return close(0)
        case .loading, .preparing, .closing, .ended: return []
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
        case .preparing, .awaitingTable, .running: true
        case .loading, .stopping, .lingering, .closing, .ended: false
        }
    }

    /// Whether the first full round of verdicts is over.
    var isReady: Bool { if case .running(let work) = phase { work.isReady } else { false } }

    /// The exit status; nil while it lives.
    var exitStatus: Int32? { if case .ended(let status) = phase { status } else { nil } }
}
