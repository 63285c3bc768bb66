import Addresses
import IPVS

/// What is known of a service in the kernel, and what of it is still to be brought there.
struct ServiceProgress: Sendable {
    /// The service in the kernel, and what the director made of it.
    private(set) var known = KnownEntry()
    /// What is still to be brought to the kernel.
    private(set) var pending = PendingSubjects()
    /// Servers in the table that no pool knows, or knows any more, and that shall go.
    private(set) var surplus: Set<Endpoint> = []
    /// What shall go, and stays until somebody else stands who shall serve.
    private var held: Set<Endpoint> = []

    /// The same under another configuration, under which everything is tried anew.
    func forAnotherConfiguration(_ wish: ServiceWish) -> ServiceProgress {
        var new = ServiceProgress()
        new.known = known
        new.pending = pending.forAnotherConfiguration
        for endpoint in known.applied.keys where !wish.concerns(endpoint) { new.surplus.insert(endpoint) }
        new.noteAll(wish)
        return new
    }

    // MARK: Notes

    /// Notes that something may have to be changed at an endpoint.
    ///
    /// - Parameter concernsWaiting: whether there is a reason to look again at those who wait for somebody to stand.
    mutating func note(_ endpoint: Endpoint, concernsWaiting: Bool, _ wish: ServiceWish) {
        pending.note(.destination(endpoint))
        guard concernsWaiting || !surplus.isEmpty else { return }
        for subject in waiting(wish) { pending.note(subject) }
    }

    /// Notes that everything may have to be changed.
    mutating func noteAll(_ wish: ServiceWish) {
        pending.note(.service)
        for endpoint in wish.endpoints { pending.note(.destination(endpoint)) }
        for endpoint in surplus.sorted() { pending.note(.destination(endpoint)) }
        for endpoint in known.applied.keys.sorted() { pending.note(.destination(endpoint)) }
    }

    /// Those who wait for somebody to stand or to go.
    private func waiting(_ wish: ServiceWish) -> [MirrorSubject] {
        (wish.standbyEndpoints + held.sorted() + surplus.sorted()).map { .destination($0) }
    }

    /// Notes those who wait for somebody; what failed keeps its pause, for this is no new reason to try it.
    private mutating func noteWaiting(_ wish: ServiceWish) {
        for subject in waiting(wish) { pending.noteUnlessFailed(subject) }
    }

    // MARK: Readings

    /// Takes everything that the kernel has for the director's own work.
    mutating func adopt(_ entry: Table.Entry?) {
        known.read(entry)
        known.acceptAll()
        _ = pending.takeUncertain()
    }

    /// Notes what the pools want of a state that was adopted; what they do not know will go.
    mutating func settle(_ wish: ServiceWish) {
        for endpoint in known.actual.keys where !wish.concerns(endpoint) { surplus.insert(endpoint) }
        noteAll(wish)
    }

    /// Takes a reading for the kernel's state, and leaves what the director made of it.
    mutating func read(_ entry: Table.Entry?, _ wish: ServiceWish) {
        let wasInTable = known.actualService != nil
        known.read(entry)
        // Servers that changed while the service was away follow.
        if !wasInTable, known.actualService != nil { noteAll(wish) }
    }

    /// Takes from a reading what became of changes whose answer was lost.
    mutating func resolveUncertain(_ entry: Table.Entry?, _ wish: ServiceWish) {
        let uncertain = pending.takeUncertain()
        guard !uncertain.isEmpty else { return }
        for subject in uncertain {
            known.accept(subject, from: entry)
            guard subject == .service else {
                pending.note(subject)
                continue
            }
            if known.actualService == nil {
                known.noteRemoved()
                surplus = []
            }
            noteAll(wish)
        }
        noteWaiting(wish)
    }

    /// Lets what others made of a subject be changed into what it shall be.
    mutating func putRight(_ subject: MirrorSubject, _ wish: ServiceWish) {
        switch subject {
        case .destination(let endpoint) where known.actual[endpoint] == nil: known.noteRemoved(endpoint)
        case .destination(let endpoint):
            known.accept(subject)
            if !wish.concerns(endpoint) { surplus.insert(endpoint) }
        case .service: known.accept(subject)
        }
        pending.note(subject)
        if subject == .service, known.actualService == nil { makeAnew(subject, wish) }
    }

    /// Lets what is not there be made as it shall be.
    mutating func makeAnew(_ subject: MirrorSubject, _ wish: ServiceWish) {
        switch subject {
        case .service:
            known.noteRemoved()
            surplus = []
            noteAll(wish)
        case .destination(let endpoint):
            known.noteRemoved(endpoint)
            pending.note(subject)
        }
    }

    // MARK: Attempts

    /// Gives what was noted, and forgets it.
    mutating func take() -> [MirrorSubject] { pending.take() }

    /// Lets subjects be tried.
    ///
    /// - Returns: whether they can be: nothing can be added to a service that could not be added itself, or may not have
    ///   been, and they wait.
    mutating func begin(_ subjects: [MirrorSubject]) -> Bool {
        if known.actualService == nil, !subjects.contains(.service) {
            pending.postpone(subjects)
            return false
        }
        pending.begin(subjects)
        return true
    }

    /// Takes for done what the kernel has as it shall be.
    mutating func assume(_ service: VirtualService) { known.assume(service) }

    /// Takes for done what stands at an endpoint, whatever it is; for nil that nothing stands there, and nothing shall.
    mutating func assume(_ wanted: Destination?, at endpoint: Endpoint) {
        if let wanted { return known.assume(wanted) }
        known.forget(endpoint)
        surplus.remove(endpoint)
    }

    /// Keeps whether what shall go at an endpoint stays there until somebody else stands who shall serve.
    mutating func hold(_ endpoint: Endpoint, _ isHeld: Bool) {
        if isHeld { held.insert(endpoint) } else if !held.isEmpty { held.remove(endpoint) }
    }

    /// Takes over what one of the director's changes did.
    mutating func took(_ change: Change, _ wish: ServiceWish) {
        pending.succeeded(MirrorSubject(of: change))
        known.took(change)
        switch change {
        case .deleteDestination(let endpoint, _): surplus.remove(endpoint)
        case .deleteService:
            // It was of an earlier configuration, and belongs to this one again.
            surplus = []
            noteAll(wish)
        default: break
        }
        if !surplus.isEmpty || !held.isEmpty || isStandbyStanding(wish) { noteWaiting(wish) }
    }

    /// Keeps that a change has to be tried again.
    mutating func missed(_ change: Change, _ error: IPVSError) {
        pending.failed(MirrorSubject(of: change), isCertain: error.isCertain)
    }

    /// Lets everything that failed be tried again.
    ///
    /// - Returns: whether something had failed.
    mutating func forgetFailures(_ wish: ServiceWish) -> Bool {
        guard pending.forgetFailures() else { return false }
        noteAll(wish)
        return true
    }

    // MARK: What stands

    /// Whether somebody who shall serve stands in the kernel with weight, as far as that is certain.
    func isServed(_ wish: ServiceWish) -> Bool {
        wish.isServed
            && known.actual.contains { endpoint, destination in
                destination.weight > 0 && !pending.isUncertain(.destination(endpoint))
                    && wish[endpoint]?.isServing ?? false
            }
    }

    /// Whether a standby stands in the kernel, and not a server at the same endpoint.
    func isStandbyStanding(_ wish: ServiceWish) -> Bool {
        wish.standbyEndpoints.contains { endpoint in
            (known.actual[endpoint]?.weight ?? 0) > 0 && !(wish[endpoint]?.isServedByServer ?? true)
        }
    }
}
