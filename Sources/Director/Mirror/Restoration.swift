import HealthChecks
import Time

/// How often something that others removed was put back, and when it is put back next.
///
/// A script that empties the table is answered at once; whoever removes something again and again means it, and nobody
/// fights over a table: the pauses grow.
struct Restoration: Sendable {
    /// How often it is put back at once.
    static let promptCount = 3
    /// The first pause; each further one is twice as long.
    static let firstPause = Duration.seconds(60)
    /// The longest pause.
    static let longestPause = Duration.seconds(3600)
    /// Whatever stood for so long since it was put back is put back at once again.
    static let quiet = Duration.seconds(3600)

    private var count = 0
    private var last: MonotonicTime?
    /// When it is put back; nil while it does not wait.
    private(set) var heldUntil: MonotonicTime?

    /// Takes note that it was removed.
    ///
    /// - Returns: for how long it is left so; nil when it is put back at once.
    mutating func pause(at now: MonotonicTime) -> Duration? {
        if let last, heldUntil == nil, now - last >= Self.quiet { count = 0 }
        guard count >= Self.promptCount else {
            resume(at: now)
            return nil
        }
        if let heldUntil { return max(.zero, heldUntil - now) }
        let doublings = min(count - Self.promptCount, 6)
        let pause = min(Self.firstPause * (1 << doublings), Self.longestPause)
        heldUntil = now + pause
        return pause
    }

    /// Takes note that it is put back.
    mutating func resume(at now: MonotonicTime) {
        count += 1
        last = now
        heldUntil = nil
    }
}
