import Addresses
import Configuration
import HealthChecks
import IPVS
import Time

/// One service of the kernel as it was last known, beside what its pools want of it.
///
/// It says which changes are next. On the way a service is not empty while somebody can serve: the standby comes before
/// the last server goes and goes after one stands; what no pool knows goes when somebody stands in for it.
struct ServiceMirror: Sendable {
    /// Which service it is.
    let key: ServiceKey
    /// What is known of it, and what of it is still to be brought to the kernel.
    private(set) var progress = ServiceProgress()
    /// What is made of changes of others.
    private(set) var reconciler: Reconciler
    /// Whether the kernel's table was read since the service belongs to the director.
    private(set) var isRead = false
    /// Whether the next reading is taken for the director's own work, so that everything is made as it shall be.
    private var takesReading = false
    private var backoff = Backoff()
    /// Whether the kernel has refused to add it since it was there last.
    private var wasRefused = false

    /// Makes a mirror of a service that was not read yet.
    init(_ key: ServiceKey, reconciliation: Reconciliation) {
        self.key = key
        reconciler = Reconciler(reconciliation)
    }

    /// The mirror under another configuration.
    func reconfigured(_ reconciliation: Reconciliation, _ wish: ServiceWish) -> ServiceMirror {
        var new = ServiceMirror(key, reconciliation: reconciliation)
        new.progress = progress.forAnotherConfiguration(wish)
        new.reconciler = reconciler.reconfigured(reconciliation)
        new.backoff = backoff.forAnotherConfiguration
        new.isRead = isRead
        new.wasRefused = wasRefused
        new.takesReading = isRead && reconciliation != .off
        return new
    }

    /// The service in the kernel, and what the director made of it.
    var known: KnownEntry { _read { yield progress.known } }

    /// Whether it is not there because the kernel refused it; what becomes of further attempts makes no difference until one
    /// succeeds.
    var isRefused: Bool { wasRefused && known.actualService == nil }

    /// What is still to be brought to the kernel.
    var pending: PendingSubjects { _read { yield progress.pending } }

    /// Notes that something may have to be changed at an endpoint, since its pool wants something else.
    ///
    /// - Parameter concernsWaiting: whether there is a reason to look again at those who wait for somebody to stand.
    mutating func note(_ endpoint: Endpoint, concernsWaiting: Bool, _ wish: ServiceWish) {
        progress.note(endpoint, concernsWaiting: concernsWaiting, wish)
    }

    /// Notes that everything may have to be changed.
    mutating func noteAll(_ wish: ServiceWish) { progress.noteAll(wish) }

    // MARK: Readings

    /// Whether the next reading is taken as it is, by `adopt` and `settle`.
    var awaitsAdoption: Bool { !isRead || takesReading }

    /// Takes the kernel's state for the director's own work; its pools are told next what stands there, then `settle`
    /// follows.
    mutating func adopt(_ entry: Table.Entry?) {
        isRead = true
        takesReading = false
        progress.adopt(entry)
        reconciler.forgetRepairs()
    }

    /// Notes what the pools want of a state that was adopted; what they do not know will go.
    mutating func settle(_ wish: ServiceWish) { progress.settle(wish) }

    /// Takes a reading that shows what was known, which most of them do.
    ///
    /// - Returns: whether it was one, and nothing else waits for a reading; if not, `observe` follows.
    mutating func confirm(_ entry: Table.Entry?) -> Bool {
        guard !awaitsAdoption, !pending.hasUncertain, !reconciler.hasRestorations, known.holds(entry) else {
            return false
        }
        reconciler.begin()
        let known = known
        reconciler.forgetRepairs { known.isRight($0) }
        return true
    }

    /// Compares a reading with what was known.
    ///
    /// - Returns: what others did and what is made of it, as far as it is to be told.
    mutating func observe(
        _ entry: Table.Entry?,
        _ wish: ServiceWish,
        in phase: DirectorPhase,
        at now: MonotonicTime
    ) -> [DirectorEvent] {
        reconciler.begin()
        progress.resolveUncertain(entry, wish)
        let former = known
        if former.holds(entry) {
            reconciler.forgetRepairs { former.isRight($0) }
            return putBackHeld(wish, in: phase, at: now)
        }
        progress.read(entry, wish)
        let present = known
        reconciler.forgetRepairs { present.isRight($0) }
        var events: [DirectorEvent] = []
        if known.actualService != former.actualService {
            if let event = answer(.service, wish, in: phase, at: now) { events.append(event) }
        }
        // What went away with its service is not told one by one.
        if known.actualService != nil {
            let endpoints = Set(former.actual.keys).union(known.actual.keys).sorted()
            for endpoint in endpoints where former.actual[endpoint] != known.actual[endpoint] {
                if let event = answer(.destination(endpoint), wish, in: phase, at: now) { events.append(event) }
            }
        }
        return events + putBackHeld(wish, in: phase, at: now)
    }

    // MARK: Changes of others

    /// Answers a subject that others changed.
    ///
    /// - Returns: what is to be told; nil for nothing.
    private mutating func answer(
        _ subject: MirrorSubject,
        _ wish: ServiceWish,
        in phase: DirectorPhase,
        at now: MonotonicTime
    ) -> DirectorEvent? {
        guard !known.isRight(subject) else { return nil }
        let drift = drift(of: subject)
        let isNews = isNews(subject, wish)
        let response = reconciler.response(
            to: subject,
            present: version(of: subject),
            isMissed: isMissed(subject, wish),
            at: now
        )
        switch response {
        case nil: return nil
        case .left, .putBackLater: break
        case .putBack: progress.makeAnew(subject, wish)
        case .repaired: progress.putRight(subject, wish)
        }
        guard isNews, let response else { return nil }
        return event(.drift(tableSubject(of: subject, wish), drift, response), subject, wish, in: phase)
    }

    /// Lets what waited for its time be made again.
    ///
    /// - Returns: what is to be told.
    private mutating func putBackHeld(
        _ wish: ServiceWish,
        in phase: DirectorPhase,
        at now: MonotonicTime
    ) -> [DirectorEvent] {
        var events: [DirectorEvent] = []
        let due = reconciler.putBackHeld(at: now)
        for subject in due.sorted(by: { orderOfTelling($0, wish) < orderOfTelling($1, wish) }) {
            switch subject {
            case .service: guard known.actualService == nil, known.appliedService != nil else { continue }
            case .destination: guard known.actualService != nil, isMissed(subject, wish) else { continue }
            }
            events.append(event(.puttingBack(tableSubject(of: subject, wish)), subject, wish, in: phase))
            progress.makeAnew(subject, wish)
        }
        return events
    }

    // MARK: Steps

    /// The next changes for what was noted: what brings traffic first, and what takes it away last.
    mutating func steps(to wish: ServiceWish, _ context: StepContext) -> [PlannedChange] {
        guard isRead else { return [] }
        let subjects = progress.take()
        guard !isAbandoned, progress.begin(subjects) else { return [] }
        var order = SafeOrder<PlannedChange>()
        // The kernel takes no server of a service that it does not have.
        if subjects.contains(.service) { append(.service, to: &order, wish, context) }
        for subject in subjects where subject != .service { append(subject, to: &order, wish, context) }
        let steps = order.steps
        if steps.isEmpty, !pending.hasFailed { backoff.succeed() }
        return steps
    }

    private mutating func append(
        _ subject: MirrorSubject,
        to order: inout SafeOrder<PlannedChange>,
        _ wish: ServiceWish,
        _ context: StepContext
    ) {
        switch subject {
        case .service:
            guard known.appliedService != wish.service else { return }
            guard let step = serviceStep(to: wish, context) else { return progress.assume(wish.service) }
            order.append(step, at: step.change.stage)
        case .destination(let endpoint):
            let wanted = wanted(at: endpoint, wish)
            progress.hold(endpoint, (wanted?.weight ?? 0) > 0 && !(wish[endpoint]?.isServing ?? true))
            guard wanted != known.applied[endpoint] else { return }
            guard let step = step(at: endpoint, to: wanted, wish, context) else {
                return progress.assume(wanted, at: endpoint)
            }
            guard let entry = entry(of: step, endpoint, wish) else { return order.append(step, at: step.change.stage) }
            order.append(entry.addition, at: .additions)
            order.append(entry.lowering, at: .additions)
        }
    }

    // MARK: Answers of the kernel

    /// Takes over what one of the director's changes did.
    mutating func took(_ change: Change, _ wish: ServiceWish) {
        progress.took(change, wish)
        if case .addService = change { wasRefused = false }
    }

    /// Keeps that a change has to be tried again.
    mutating func missed(_ change: Change, _ error: IPVSError) {
        progress.missed(change, error)
        if case .addService = change, error.isCertain { wasRefused = true }
    }

    /// Keeps whether all of a changeset's changes are in effect.
    mutating func ended(isGood: Bool, at now: MonotonicTime) {
        if !isGood {
            backoff.postpone(at: now)
        } else if !pending.hasFailed {
            backoff.succeed()
        }
    }

    /// When what failed is tried again; nil where nothing waits.
    var retryMoment: MonotonicTime? { backoff.moment }

    /// The pause until what failed is tried again, as it was chosen last; nil after a success.
    var retryPause: Duration? { backoff.pause }

    /// Lets what failed be tried again, if its time has come.
    ///
    /// - Returns: whether there is something to try.
    mutating func retry(_ wish: ServiceWish, at now: MonotonicTime) -> Bool {
        backoff.isDue(at: now) && progress.forgetFailures(wish)
    }
}
