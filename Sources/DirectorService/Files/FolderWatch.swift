import CLinux
import CheckIO
import Glibc

/// Tells when something happens to the names in some folders: `inotify`.
///
/// It tells neither which nor what: whoever is told looks. Where it cannot watch it says nothing, and whoever depends on it
/// looks from time to time all the same.
final class FolderWatch {
    private let loop: EventLoop
    private let descriptor: Int32
    private var watch: Watch?
    private var folders: [String: Int32] = [:]

    private static let events = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF
    )

    /// Watches nothing yet; `onChange` is called once for each turn of the loop in which something happened.
    init(on loop: EventLoop, _ onChange: @escaping () -> Void) {
        self.loop = loop
        descriptor = inotify_init1(O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return }
        watch = try? loop.watch(descriptor, for: .readable) { [weak self] _ in
            self?.drain()
            onChange()
        }
    }

    deinit {
        if let watch { loop.end(watch) }
        if descriptor >= 0 { close(descriptor) }
    }

    /// Watches these folders from now on, and no others; a folder that is there again is watched again.
    func watch(_ wanted: Set<String>) {
        guard descriptor >= 0 else { return }
        for (folder, number) in folders where !wanted.contains(folder) {
            inotify_rm_watch(descriptor, number)
            folders[folder] = nil
        }
        for folder in wanted {
            // For one that is watched already the kernel gives the same number.
            let number = inotify_add_watch(descriptor, folder, Self.events | UInt32(IN_ONLYDIR))
            folders[folder] = number < 0 ? nil : number
        }
    }

    private func drain() {
        withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 16) { buffer in
            while read(descriptor, buffer.baseAddress, buffer.count) > 0 {}
        }
    }
}
