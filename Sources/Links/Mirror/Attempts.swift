import Time

/// Steps that failed, or whose effect was gone without a word: each is tried again, ever later.
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
    /// The time after which an effect that was gone is forgotten.
    private static let memory = Duration.seconds(60)

    private var failures: [LinkStep: Attempt] = [:]
    private var vanishings: [LinkStep: Attempt] = [:]

    /// Whether a step may be tried now.
    func admits(_ step: LinkStep, at now: MonotonicTime) -> Bool {
        [failures[step], vanishings[step]].allSatisfy { $0.map { $0.next <= now } ?? true }
    }

    /// The moment at which one of them is due, of those that were to be done when that was asked last.
    private(set) var nextMoment: MonotonicTime?

    /// Notes that a step failed.
    ///
    /// - Returns: Whether it fails otherwise than before.
    mutating func failed(_ step: LinkStep, _ error: LinksError, at now: MonotonicTime) -> Bool {
        let count = (failures[step]?.count ?? 0) + 1
        let before = failures[step]?.error
        let next = now + Self.delay(count)
        failures[step] = Attempt(count: count, next: next, last: now, error: error)
        nextMoment = min(nextMoment ?? next, next)
        return before != error
    }

    /// Notes that a step succeeded and its effect is not there all the same; the first time it is tried again at once.
    mutating func vanished(_ step: LinkStep, at now: MonotonicTime) {
        let count = (vanishings[step]?.count ?? 0) + 1
        vanishings[step] = Attempt(
            count: count,
            next: now + (count == 1 ? .zero : Self.delay(count - 1)),
            last: now
        )
    }

    /// Notes that a step was carried out.
    mutating func succeeded(_ step: LinkStep) {
        failures[step] = nil
    }

    /// Notes that the effect of a step was seen.
    mutating func confirmed(_ step: LinkStep) {
        failures[step] = nil
        vanishings[step] = nil
    }

    /// Has what failed tried again soon, because something changed that it may have waited for.
    mutating func hasten(at now: MonotonicTime) {
        for (step, attempt) in failures {
            let next = min(attempt.next, max(now, attempt.last + Self.firstDelay))
            failures[step]?.next = next
            nextMoment = min(nextMoment ?? next, next)
        }
    }

    /// Forgets what is not to be done any more.
    ///
    /// - Parameter steps: All that is to be done, now or later.
    mutating func keep(_ steps: Set<LinkStep>, at now: MonotonicTime) {
        failures = failures.filter { steps.contains($0.key) }
        vanishings = vanishings.filter { steps.contains($0.key) || $0.value.last + Self.memory > now }
        let waiting = [failures, vanishings].flatMap { $0.filter { steps.contains($0.key) }.map(\.value.next) }
        nextMoment = waiting.filter { $0 > now }.min()
    }

    private static func delay(_ count: Int) -> Duration {
        min(lastDelay, firstDelay * (1 << min(10, count - 1)))
    }
}
