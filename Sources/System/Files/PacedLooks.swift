import Time

/// When to look at something on disk again: soon after something happened in its folders, never more often than a spacing,
/// and one look at a time.
package final class PacedLooks {
    /// The time from an event to the look.
    private static let delay = Duration.milliseconds(20)

    private let loop: EventLoop
    private let spacing: Duration
    private let onLook: () -> Void
    private var folders: FolderWatch?
    private var timer: LoopTimer?
    private var isLooking = false
    /// When the next look is due, and when the last one was.
    private var next: MonotonicTime?
    private var last: MonotonicTime?

    /// Plans the first look for the next turn of the loop.
    ///
    /// - Parameters:
    ///   - spacing: the least time between two looks, whatever happens.
    ///   - onLook: begins a look, whose end `ended` tells.
    package init(on loop: EventLoop, spacing: Duration, _ onLook: @escaping () -> Void) {
        self.loop = loop
        self.spacing = spacing
        self.onLook = onLook
        plan(after: .zero)
        folders = FolderWatch(on: loop) { [weak self] in self?.soon() }
    }

    deinit {
        if let timer { loop.cancel(timer) }
    }

    /// The folders that tell of changes; whoever looks, on whatever thread, says which they are.
    package var notices: FolderNotices? { folders?.notices }

    /// Looks soon; what happens meanwhile does not put that off.
    private func soon() {
        var delay = Self.delay
        if let last { delay = max(delay, spacing - (loop.now - last)) }
        atTheLatest(after: delay)
    }

    /// Looks after a short time, whatever was planned.
    package func anew() { plan(after: Self.delay) }

    /// Looks at the latest after that time; something may have happened since the last look began.
    package func atTheLatest(after delay: Duration) {
        if let next, next <= loop.now + delay { return }
        plan(after: delay)
    }

    /// Takes note that the look which was begun has ended.
    package func ended() { isLooking = false }

    private func plan(after delay: Duration) {
        if let timer { loop.cancel(timer) }
        next = loop.now + delay
        timer = loop.at(loop.now + delay) { [weak self] in self?.look() }
    }

    private func look() {
        timer = nil
        next = nil
        // A file system that stands still holds up this look, and nothing else.
        guard !isLooking else { return plan(after: spacing) }
        isLooking = true
        last = loop.now
        onLook()
    }
}
