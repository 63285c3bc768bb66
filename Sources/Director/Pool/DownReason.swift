import Dialogues
import HealthChecks
import Time

/// Why a server that is down failed, as the log says it, and whether another reason is to be told.
///
/// A server that is repaired fails for one reason after the other, and each is told; one that goes to and fro between
/// them is told of more and more rarely.
struct DownReason: Sendable {
    /// How many reasons are told at once.
    static let promptCount = 5
    /// The first pause after these; each further one is twice as long.
    static let firstPause = Duration.seconds(60)
    /// The longest pause; whoever fails for one reason for so long has his next ones told at once again.
    static let longestPause = Duration.seconds(3600)

    /// The reason that was told last, and when.
    private var told: CheckLayer
    private var last: MonotonicTime
    private var count = 1
    /// The reason that it failed for last, and since when.
    private var present: CheckLayer
    private var since: MonotonicTime

    /// The first reason, told just now.
    init(_ layer: CheckLayer, at now: MonotonicTime) {
        (told, present) = (layer, layer)
        (last, since) = (now, now)
    }

    /// Takes another failure.
    ///
    /// - Returns: whether it is to be told: it has another layer or status than what was told last.
    mutating func isNews(_ layer: CheckLayer, at now: MonotonicTime) -> Bool {
        if layer != present {
            if now - since >= Self.longestPause { count = 0 }
            (present, since) = (layer, now)
        }
        guard layer != told else { return false }
        if count >= Self.promptCount {
            let pause = Self.firstPause * (1 << min(count - Self.promptCount, 6))
            guard now - last >= min(pause, Self.longestPause) else { return false }
        }
        (told, last) = (layer, now)
        count += 1
        return true
    }
}
