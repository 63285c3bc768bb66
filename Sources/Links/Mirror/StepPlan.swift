import Time

/// The steps that are being planned, without those whose time has not come.
struct StepPlan {
    private let attempts: Attempts
    private let now: MonotonicTime
    /// What is to be done now, in order.
    private(set) var steps: [LinkStep] = []
    /// All that was thought of.
    private(set) var considered: Set<LinkStep> = []

    init(_ attempts: Attempts, at now: MonotonicTime) {
        self.attempts = attempts
        self.now = now
    }

    /// Whether the time of a step has come.
    func admits(_ step: LinkStep) -> Bool { attempts.admits(step, at: now) }

    /// Adds a step.
    ///
    /// - Returns: Whether its time has come.
    @discardableResult
    mutating func add(_ step: LinkStep) -> Bool {
        guard considered.insert(step).inserted else { return false }
        guard attempts.admits(step, at: now) else { return false }
        steps.append(step)
        return true
    }
}
