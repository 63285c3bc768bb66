import System
import Time

/// The folder whose files name servers under maintenance: says which files there are, as soon as that changes.
final class MaintenanceFolder {
    private static let delay = Duration.milliseconds(20)
    /// The least time between two looks, whatever happens in the folder.
    private static let spacing = Duration.milliseconds(100)
    private static let period = Duration.seconds(5)

    private let loop: EventLoop
    let path: String
    private let onChange: () -> Void
    private var watch: FolderWatch?
    private var timer: LoopTimer?
    private var isLooking = false
    /// When the next look is due, and when the last one was.
    private var next: MonotonicTime?
    private var last: MonotonicTime?
    /// The names of the files there are.
    private(set) var files: Set<String>
    /// Whether there is such a folder.
    private(set) var exists: Bool

    /// Follows a folder in which that was found just now; `onChange` is called when its files are others.
    init(on loop: EventLoop, path: String, _ listing: FolderListing, _ onChange: @escaping () -> Void) {
        self.loop = loop
        self.path = path
        self.onChange = onChange
        switch listing {
        case .names(let names): (files, exists) = (names, true)
        case .missing, .unreadable: (files, exists) = ([], false)
        }
        watch = FolderWatch(on: loop) { [weak self] in self?.somethingHappened() }
        look(after: .zero)
    }

    deinit {
        if let timer { loop.cancel(timer) }
    }

    /// Looks soon; what happens meanwhile does not put that off.
    private func somethingHappened() {
        var delay = Self.delay
        if let last { delay = max(delay, Self.spacing - (loop.now - last)) }
        if let next, next <= loop.now + delay { return }
        look(after: delay)
    }

    private func look(after delay: Duration) {
        if let timer { loop.cancel(timer) }
        next = loop.now + delay
        timer = loop.at(loop.now + delay) { [weak self] in self?.look() }
    }

    private func look() {
        timer = nil
        next = nil
        // A file system that stands still holds up this look, and nothing else.
        guard !isLooking else { return look(after: Self.spacing) }
        isLooking = true
        last = loop.now
        let (path, notices) = (path, watch?.notices)
        Background.begin(on: loop) {
            notices?.watch([path])
            return FolderListing(of: path)
        } then: { [weak self] in
            self?.looked($0)
        }
    }

    private func looked(_ listing: FolderListing?) {
        isLooking = false
        if next == nil { look(after: Self.period) }
        let former = files
        switch listing {
        case .names(let names)?: (files, exists) = (names, true)
        case .missing?: (files, exists) = ([], false)
        case .unreadable?, nil: return
        }
        if files != former { onChange() }
    }
}
