import System
import Time

/// Measures the table of connections each second, as long as a virtual router waits for those of another director.
final class TableMeasuring {
    /// The time from one look to the next.
    private static let period = Duration.seconds(1)

    private let loop: EventLoop
    private let look: @Sendable () -> ConnectionTable?
    private let tell: (ConnectionTable) -> Void
    private var timer: LoopTimer?
    private var isLooking = false
    /// Whether it is to go on.
    private(set) var isWanted = false

    /// Makes a measuring that has not begun.
    ///
    /// - Parameters:
    ///   - look: measures the table, on another thread; nil where there is none.
    ///   - tell: told what was found; a kernel without a table has no entries.
    init(
        on loop: EventLoop,
        look: @escaping @Sendable () -> ConnectionTable? = { ConnectionTable.measured() },
        tell: @escaping (ConnectionTable) -> Void
    ) {
        self.loop = loop
        self.look = look
        self.tell = tell
    }

    /// Begins or ends.
    func want(_ isWanted: Bool) {
        self.isWanted = isWanted
        if !isWanted, let timer {
            loop.cancel(timer)
            self.timer = nil
        }
        if isWanted, timer == nil, !isLooking { next() }
    }

    private func next() {
        let (began, look) = (loop.now, look)
        isLooking = true
        Background.begin(on: loop) {
            look()
        } then: { [weak self] table in
            guard let self else { return }
            isLooking = false
            guard isWanted else { return }
            tell((table ?? nil) ?? ConnectionTable())
            timer = loop.at(began + Self.period) { [weak self] in
                self?.timer = nil
                self?.next()
            }
        }
    }
}
