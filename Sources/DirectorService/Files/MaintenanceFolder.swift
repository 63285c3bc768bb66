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
        let found = Self.names(in: path)
        files = found ?? []
        exists = found != nil
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
        let found = Self.names(in: path)
        exists = found != nil
        look(after: Self.period)
        guard found ?? [] != files else { return }
        files = found ?? []
        onChange()
    }

    private static func names(in path: String) -> Set<String>? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: Set<String> = []
        while names.count < capacity, let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.insert(name) }
        }
        return names
    }
}
