/// What of a service is still to be brought to the kernel.
struct PendingSubjects: Sendable {
    /// What may have to be changed, each thing once, in the order in which it was noted.
    private var dirtyOrder: [MirrorSubject] = []
    private var dirtySubjects: Set<MirrorSubject> = []
    /// What failed and waits to be tried again.
    private var failed: Set<MirrorSubject> = []
    /// What failed so that nobody knows whether it took effect; the next reading tells.
    private var uncertain: Set<MirrorSubject> = []

    /// How many things there are.
    var count: Int { failed.union(dirtySubjects).union(uncertain).count }

    /// Whether something was noted.
    var isDirty: Bool { !dirtyOrder.isEmpty }

    /// Whether something waits to be tried again.
    var hasFailed: Bool { !failed.isEmpty }

    /// Whether there is something of which nobody knows whether it took effect.
    var hasUncertain: Bool { !uncertain.isEmpty }

    /// Whether nobody knows whether the last change of a subject took effect.
    func isUncertain(_ subject: MirrorSubject) -> Bool { !uncertain.isEmpty && uncertain.contains(subject) }

    /// Notes that a subject may have to be changed.
    mutating func note(_ subject: MirrorSubject) {
        if dirtySubjects.insert(subject).inserted { dirtyOrder.append(subject) }
    }

    /// Notes that a subject may have to be changed, unless it failed and waits for its time.
    mutating func noteUnlessFailed(_ subject: MirrorSubject) {
        if !failed.contains(subject) { note(subject) }
    }

    /// Gives what was noted, but for what is uncertain, and forgets it.
    mutating func take() -> [MirrorSubject] {
        defer { (dirtyOrder, dirtySubjects) = ([], []) }
        return uncertain.isEmpty ? dirtyOrder : dirtyOrder.filter { !uncertain.contains($0) }
    }

    /// Lets subjects be tried: what is tried now waits for nothing any more.
    mutating func begin(_ subjects: [MirrorSubject]) { failed.subtract(subjects) }

    /// Lets subjects wait that cannot be tried now.
    mutating func postpone(_ subjects: [MirrorSubject]) { failed.formUnion(subjects) }

    /// Keeps that a change of a subject is in effect.
    mutating func succeeded(_ subject: MirrorSubject) { failed.remove(subject) }

    /// Keeps that a change of a subject has to be tried again.
    ///
    /// - Parameter isCertain: whether it is known not to have taken effect.
    mutating func failed(_ subject: MirrorSubject, isCertain: Bool) {
        failed.insert(subject)
        if !isCertain { uncertain.insert(subject) }
    }

    /// Lets everything that failed be tried again.
    ///
    /// - Returns: whether something had failed.
    mutating func forgetFailures() -> Bool {
        defer { failed = [] }
        return !failed.isEmpty
    }

    /// Gives what is uncertain, which a reading has made certain.
    mutating func takeUncertain() -> Set<MirrorSubject> {
        defer { uncertain = [] }
        return uncertain
    }

    /// What outlives a new configuration, under which everything is tried anew: what is uncertain.
    var forAnotherConfiguration: PendingSubjects {
        var subjects = PendingSubjects()
        subjects.uncertain = uncertain
        return subjects
    }
}
