package import Time

/// A mirror with its kernel: carries out what the mirror says, until there is nothing to do.
///
/// A turn may take as long as the kernel does, which is a while where another program has it busy with links; whoever must
/// not wait has a keeper on a thread of its own.
package final class LinksKeeper {
    /// What a turn has to tell.
    package struct News: Hashable, Sendable {
        /// Everything, where it was read as a whole; the changes come behind it.
        package var snapshot: LinksSnapshot?
        /// What the kernel told of, in order.
        package var changes: [LinkChange] = []
        /// What became of wishes.
        package var events: [LinkEvent] = []
    }

    /// How often steps are carried out in one turn: far more than all there is to do needs.
    private static let rounds = 32
    /// The time without steps after that many, for somebody undoes them at once.
    private static let rest = Duration.seconds(1)

    private let kernel: any LinksKernel
    private let clock: () -> MonotonicTime
    private var mirror: LinksMirror
    private var looks = LookPace()
    /// The moment before which no steps are taken.
    private var restEnd: MonotonicTime?

    /// Makes a keeper that has looked at nothing yet.
    ///
    /// - Parameter clock: Tells the time; `CLOCK_MONOTONIC`, or that of a test.
    package init(_ kernel: any LinksKernel, _ mirror: LinksMirror, clock: @escaping () -> MonotonicTime) {
        self.kernel = kernel
        self.mirror = mirror
        self.clock = clock
    }

    /// The moment at which a turn is due though nothing changed; nil for none.
    package var nextMoment: MonotonicTime? {
        if let restEnd { return restEnd }
        let look = mirror.wantedLook.isEmpty ? nil : looks.next
        return [look, mirror.nextMoment].compactMap(\.self).min()
    }

    /// As `LinksMirror.claim`.
    package func claim(_ addresses: [LinkAddress]) { mirror.claim(addresses) }

    /// As `LinksMirror.want`; the next turn carries it out.
    package func want(_ wish: LinkWish, of owner: LinkOwner) { mirror.want(wish, of: owner, at: clock()) }

    /// Reads everything, for whoever must know it before it can wish for anything; nothing is changed.
    ///
    /// - Throws: `LinksError` of `LinksKernel.look`.
    package func firstLook() throws(LinksError) -> LinksSnapshot {
        try kernel.look(.all, makers: mirror.makers)
    }

    /// Takes what changed, and does what is to be done.
    ///
    /// - Throws: `LinksError` of `LinksKernel.takeChanges`, after which another kernel must be opened.
    package func turn() throws(LinksError) -> News {
        var news = News()
        try takeChanges(&news)
        if let restEnd, clock() < restEnd {
            news.events += mirror.takeEvents()
            return news
        }
        restEnd = clock() + Self.rest
        for _ in 0..<Self.rounds {
            if mirror.wantedLook.contains(.links) { try look(&news) }
            let steps = mirror.steps(at: clock())
            if !steps.isEmpty {
                mirror.applied(kernel.apply(steps), at: clock())
                try takeChanges(&news)
            } else if mirror.wantedLook.isEmpty || !looks.isDue(at: clock()) {
                restEnd = nil
                break
            } else {
                try look(&news)
            }
        }
        news.events += mirror.takeEvents()
        return news
    }

    private func takeChanges(_ news: inout News) throws(LinksError) {
        let changes = try kernel.takeChanges()
        guard !changes.isEmpty else { return }
        news.changes += changes
        let now = clock()
        if changes.contains(where: \.isOverrun) { looks.slowDown(at: now) }
        mirror.saw(changes, at: now)
    }

    /// Reads what the mirror wants, unless that is not due; where it fails, it is tried again.
    private func look(_ news: inout News) throws(LinksError) {
        let start = clock()
        guard looks.isDue(at: start) else { return }
        let snapshot: LinksSnapshot
        do throws(LinksError) {
            snapshot = try kernel.look(mirror.wantedLook, makers: mirror.makers)
        } catch {
            looks.failed(at: clock())
            return
        }
        looks.succeeded(from: start, to: clock())
        mirror.looked(snapshot, at: clock())
        if snapshot.parts.contains(.links) {
            news.snapshot = snapshot
            news.changes = []
        }
        // What happened while it was read comes now, and nothing is planned before.
        try takeChanges(&news)
    }
}

extension LinkChange {
    fileprivate var isOverrun: Bool { if case .overrun = subject { true } else { false } }
}

/// When something may be read again, so that whoever makes changes without end does not have everything read without end.
private struct LookPace {
    /// The share of the time that looks may take where changes get lost.
    private static let rest = 4
    /// The time to the next try of a look that failed.
    private static let patience = Duration.milliseconds(100)

    private(set) var next: MonotonicTime?
    private var end: MonotonicTime?
    private var cost = Duration.zero

    func isDue(at now: MonotonicTime) -> Bool { next.map { $0 <= now } ?? true }

    mutating func succeeded(from start: MonotonicTime, to end: MonotonicTime) {
        self.end = end
        cost = end - start
        next = nil
    }

    mutating func failed(at now: MonotonicTime) { next = now + Self.patience }

    /// Notes that changes were lost.
    mutating func slowDown(at now: MonotonicTime) {
        guard let end, end + cost * Self.rest > now else { return }
        next = end + cost * Self.rest
    }
}
