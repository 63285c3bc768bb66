import CheckIO
import Glibc
import HealthChecks

/// The folder whose files name servers under maintenance: says which files there are, as soon as that changes.
final class MaintenanceFolder {
    private static let settling = Duration.milliseconds(20)
    private static let period = Duration.seconds(5)
    /// More files than servers that one director has.
    private static let capacity = 1 << 17

    private let loop: EventLoop
    let path: String
    private let onChange: () -> Void
    private var watch: FolderWatch?
    private var timer: LoopTimer?
    /// The names of the files there are.
    private(set) var files: Set<String>
    /// Whether there is such a folder.
    private(set) var exists: Bool

    /// Looks into a folder at once; `onChange` is called when its files are others.
    init(on loop: EventLoop, path: String, _ onChange: @escaping () -> Void) {
        self.loop = loop
        self.path = path
        self.onChange = onChange
        switch Self.listing(of: path) {
        case .names(let names): (files, exists) = (names, true)
        case .missing, .unreadable: (files, exists) = ([], false)
        }
        watch = FolderWatch(on: loop) { [weak self] in self?.look(after: Self.settling) }
        watch?.watch([path])
        look(after: Self.settling)
    }

    deinit {
        if let timer { loop.cancel(timer) }
    }

    private func look(after delay: Duration) {
        if let timer { loop.cancel(timer) }
        timer = loop.at(loop.now + delay) { [weak self] in self?.look() }
    }

    private func look() {
        watch?.watch([path])
        look(after: Self.period)
        let former = files
        switch Self.listing(of: path) {
        case .names(let names): (files, exists) = (names, true)
        case .missing: (files, exists) = ([], false)
        case .unreadable: return
        }
        if files != former { onChange() }
    }

    /// What a look into the folder gives.
    private enum Listing {
        case names(Set<String>)
        /// There is no such folder.
        case missing
        /// Nobody can tell what it has, for want of descriptors perhaps; servers stay as they are.
        case unreadable
    }

    private static func listing(of path: String) -> Listing {
        guard let folder = opendir(path) else { return errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable }
        defer { closedir(folder) }
        var names: Set<String> = []
        while names.count < capacity {
            errno = 0
            guard let entry = readdir(folder) else {
                guard errno == 0 else { return .unreadable }
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.insert(name) }
        }
        return .names(names)
    }
}
