import Time

/// Steps that failed, or that did not have the effect that was reported: each is tried again, ever later.
struct Attempts: Sendable {
    private struct Attempt {
        var count = 0
        var next: MonotonicTime
        var last: MonotonicTime
        var error: LinksError?
    }

    /// The first time to the next try; each is twice the one before.
    private static let firstDelay = Duration.milliseconds(100)
    /// The longest one.
    private static let lastDelay = Duration.seconds(30)

    private var attempts: [LinkStep: Attempt] = [:]

    /// Whether a step may be tried now.
    func admits(_ step: LinkStep, at now: MonotonicTime) -> Bool {
        attempts[step].map { $0.next <= now } ?? true
    }

    /// Whether any step that failed is waiting.
    var hasFailures: Bool { attempts.values.contains { $0.error != nil } }

    /// The moment at which one of them is due.
    var nextMoment: MonotonicTime? { attempts.values.map(\.next).min() }

    /// Notes that a step failed.
    ///
    /// - Returns: Whether it fails otherwise than before.
    mutating func failed(_ step: LinkStep, _ error: LinksError, at now: MonotonicTime) -> Bool {
        let before = attempts[step]?.error
        note(step, error, after: Self.delay((attempts[step]?.count ?? 0) + 1), at: now)
        return before != error
    }

    /// Notes that a step succeeded and its effect is not there all the same; the first time it is tried again at once.
    mutating func vanished(_ step: LinkStep, at now: MonotonicTime) {
        let count = attempts[step]?.count ?? 0
        note(step, attempts[step]?.error, after: count == 0 ? .zero : Self.delay(count), at: now)
    }

    /// Forgets a step that has had its effect.
    mutating func succeeded(_ step: LinkStep) {
        attempts[step] = nil
    }

    /// Has what failed tried again soon, because something changed that it may have waited for.
    mutating func hasten(at now: MonotonicTime) {
        for (step, attempt) in attempts where attempt.error != nil {
            attempts[step]?.next = min(attempt.next, max(now, attempt.last + Self.firstDelay))
        }
    }

    /// Forgets what is not to be done any more.
    mutating func keep(_ steps: Set<LinkStep>) {
        attempts = attempts.filter { steps.contains($0.key) }
    }

    private mutating func note(_ step: LinkStep, _ error: LinksError?, after delay: Duration, at now: MonotonicTime) {
        let count = (attempts[step]?.count ?? 0) + 1
        attempts[step] = Attempt(count: count, next: now + delay, last: now, error: error)
    }

    private static func delay(_ count: Int) -> Duration {
        min(lastDelay, firstDelay * (1 << min(10, count - 1)))
    }
}
