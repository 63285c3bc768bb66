import Time

/// When a process that has ended is started again: at once, but ever later where it ends again and again.
struct RespawnPace: Hashable, Sendable {
    /// The life after which a process counts as one that had been started well.
    private static let soundLife = Duration.seconds(10)
    /// The pauses before further starts; the last one counts from then on.
    private static let pauses: [Duration] = [.zero, .zero, .zero, .milliseconds(200), .seconds(1), .seconds(5)]

    private var count = 0
    private var began: MonotonicTime?

    /// Makes the pace of a process that was not started yet.
    init() {}

    /// Takes note of a start.
    mutating func began(at now: MonotonicTime) { began = now }

    /// Whether a process that has run until now counts as one that had been started well.
    func isSound(at now: MonotonicTime) -> Bool { began.map { now - $0 >= Self.soundLife } ?? false }

    /// The time until the next start of a process that has ended now.
    mutating func pause(at now: MonotonicTime) -> Duration {
        if isSound(at: now) { count = 0 }
        defer { count = min(count + 1, Self.pauses.count - 1) }
        return Self.pauses[count]
    }
}
