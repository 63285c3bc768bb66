import Time

/// What others took away and the director puts back, each thing as often as it did.
struct Restorations<Subject: Hashable & Sendable>: Sendable {
    private var bySubject: [Subject: Restoration] = [:]

    /// Whether nothing was put back that is remembered, and nothing waits for it.
    var isEmpty: Bool { bySubject.isEmpty }

    /// Takes note that a subject was taken away.
    ///
    /// - Returns: for how long it is left so; nil when it is put back at once.
    mutating func pause(for subject: Subject, at now: MonotonicTime) -> Duration? {
        bySubject[subject, default: Restoration()].pause(at: now)
    }

    /// Takes note that what has waited long enough is put back.
    ///
    /// - Returns: the subjects.
    mutating func resumeDue(at now: MonotonicTime) -> [Subject] {
        guard !bySubject.isEmpty else { return [] }
        let due = bySubject.filter { $0.value.heldUntil.map { $0 <= now } ?? false }.keys
        for subject in due { bySubject[subject]?.resume(at: now) }
        return Array(due)
    }

    /// Whether a subject waits to be put back.
    func isHeld(_ subject: Subject) -> Bool { bySubject[subject]?.heldUntil != nil }
}
