import Glibc
import Synchronization

/// Measures how late this machine lets a thread run that waits for a moment: what it does to everybody else at the same time.
public final class Metronome: Sendable {
    private static let period = 0.01

    private let isOver = Atomic<Bool>(false)
    /// The moments at which it ran late, and by how many seconds.
    private let late = Mutex<[(moment: Double, seconds: Double)]>([])
    private let timeline: Timeline

    /// Begins to measure.
    init(_ timeline: Timeline) throws {
        self.timeline = timeline
        _ = try BackgroundWork { [self] in
            var due = timeline.now
            while !isOver.load(ordering: .relaxed) {
                due = max(due, timeline.now - Self.period) + Self.period
                usleep(UInt32(max(0, due - timeline.now) * 1e6))
                let seconds = timeline.now - due
                if seconds > Self.period { late.withLock { $0.append((due, seconds)) } }
            }
        }
    }

    func end() {
        isOver.store(true, ordering: .relaxed)
    }

    /// The longest time that a thread had to wait for the processor between two moments.
    public func worst(from start: Double, to end: Double) -> Double {
        late.withLock { late in
            late.filter { $0.moment + $0.seconds >= start && $0.moment <= end }.map(\.seconds).max() ?? 0
        }
    }
}
