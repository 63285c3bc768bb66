import Addresses
import Configuration
import IPVS

// In what the kernel differs from what the director made of it.

extension ServiceMirror {
    /// What others removed although it shall serve, and what the director has not put back.
    ///
    /// Nothing where it is to say nothing of what others do.
    func missing(_ wish: ServiceWish) -> [TableSubject] {
        guard isRead, reconciler.reconciliation != .off else { return [] }
        if known.actualService == nil { return known.appliedService == nil ? [] : [.service] }
        return known.applied.keys.filter { isMissed(.destination($0), wish) }.sorted().map { wish.subject(at: $0) }
    }

    /// Whether something that shall serve was made here and is gone.
    func isMissed(_ subject: MirrorSubject, _ wish: ServiceWish) -> Bool {
        switch subject {
        case .service: return known.actualService == nil
        case .destination(let endpoint):
            guard known.applied[endpoint] != nil, known.actual[endpoint] == nil,
                let wanted = wanted(at: endpoint, wish)
            else { return false }
            return wanted.weight > 0 || wish[endpoint]?.reason == .weightless
        }
    }

    /// Whether a difference is to be told: what is about to be changed anyway is no news.
    func isNews(_ subject: MirrorSubject, _ wish: ServiceWish) -> Bool {
        switch subject {
        case .service: true
        case .destination(let endpoint): wanted(at: endpoint, wish) == known.applied[endpoint]
        }
    }

    /// In what a subject differs from what the director made of it.
    func drift(of subject: MirrorSubject) -> Drift {
        switch subject {
        case .service: return known.actualService == nil ? .missing : .settings
        case .destination(let endpoint):
            guard let present = known.actual[endpoint] else { return .missing }
            guard let made = known.applied[endpoint] else { return .added }
            return present.weight == made.weight ? .settings : .weight(present.weight, instead: made.weight)
        }
    }

    /// What others made of a subject; nil for nothing.
    func version(of subject: MirrorSubject) -> Reconciler.Version? {
        switch subject {
        case .service: known.actualService.map { .service($0) }
        case .destination(let endpoint): known.actual[endpoint].map { .destination($0) }
        }
    }

    /// What is told of a subject, to those whose pool it belongs to.
    func event(
        _ matter: DirectorEvent.Matter,
        _ subject: MirrorSubject,
        _ wish: ServiceWish,
        in phase: DirectorPhase
    ) -> DirectorEvent {
        let owner =
            switch subject {
            case .service: wish.first.pool
            case .destination(let endpoint): wish.owner(of: endpoint)
            }
        return DirectorEvent(matter, of: owner.virtual, in: phase, entry: key)
    }

    /// Sorts what is told at once: the standby first, then servers by the text of their endpoint, the service last.
    func orderOfTelling(_ subject: MirrorSubject, _ wish: ServiceWish) -> String {
        switch subject {
        case .service: return "~"
        case .destination(let endpoint):
            if case .standby = wish.subject(at: endpoint) { return "" }
            return "\(endpoint)"
        }
    }

    /// What a subject is for people.
    func tableSubject(of subject: MirrorSubject, _ wish: ServiceWish) -> TableSubject {
        switch subject {
        case .service: .service
        case .destination(let endpoint): wish.subject(at: endpoint)
        }
    }
}
