import System
import Time

/// The folder whose files name servers under maintenance: says which files there are, as soon as that changes.
final class MaintenanceFolder {
    /// The least time between two looks, whatever happens in the folder.
    private static let spacing = Duration.milliseconds(100)
    /// The time between two looks when nothing tells of a change.
    private static let period = Duration.seconds(5)

    private let loop: EventLoop
    let path: String
    private let onChange: () -> Void
    private var looks: PacedLooks?
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
        looks = PacedLooks(on: loop, spacing: Self.spacing) { [weak self] in self?.look() }
    }

    private func look() {
        let (path, notices) = (path, looks?.notices)
        Background.begin(on: loop) {
            notices?.watch([path])
            return FolderListing(of: path)
        } then: { [weak self] in
            self?.looked($0)
        }
    }

    private func looked(_ listing: FolderListing?) {
        looks?.ended()
        looks?.atTheLatest(after: Self.period)
        let former = files
        switch listing {
        case .names(let names)?: (files, exists) = (names, true)
        case .missing?: (files, exists) = ([], false)
        case .unreadable?, nil: return
        }
        if files != former { onChange() }
    }
}
