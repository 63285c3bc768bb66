import CLinux
import Glibc
import Synchronization

/// Folders whose changes the kernel tells of: `inotify`.
///
/// Looking a folder up may take as long as its file system likes, so that any thread may do it.
package final class FolderNotices: Sendable {
    private let notices: Descriptor?
    /// The number of the watch of each folder.
    private let folders = Mutex<[String: Int32]>([:])

    /// Becomes readable when something happened; -1 when there is none.
    var descriptor: Int32 {
        switch notices {
        case .some(let notices): notices.number
        case .none: -1
        }
    }

    private static let events = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF
    )

    init() {
        notices = try? Descriptor(of: "inotify_init1", inotify_init1(O_CLOEXEC | O_NONBLOCK))
    }

    /// Watches these folders from now on, and no others; a folder that is there again is watched again.
    package func watch(_ wanted: Set<String>) {
        guard descriptor >= 0 else { return }
        var former = folders.withLock { $0 }
        for (folder, number) in former where !wanted.contains(folder) {
            inotify_rm_watch(descriptor, number)
            former[folder] = nil
        }
        for folder in wanted {
            // The kernel gives a folder that is watched already the number that it has.
            let number = inotify_add_watch(descriptor, folder, Self.events | UInt32(IN_ONLYDIR))
            former[folder] = number < 0 ? nil : number
        }
        folders.withLock { $0 = former }
    }

    /// Takes the notices that have come.
    func drain() {
        withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 16) { buffer in
            // Notices beyond these are read in the next turn.
            for _ in 0..<16 where read(descriptor, buffer.baseAddress, buffer.count) <= 0 { return }
        }
    }
}
