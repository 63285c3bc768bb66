import CLinux
import Glibc
import Synchronization

/// Notices which files were modified by somebody who has not closed them since: `inotify`.
///
/// It is for file systems that cannot tell who has a file open, and for processes that may not ask; of another machine's
/// writers it knows nothing. Any thread may ask it.
package final class WriteNotices: Sendable {
    private struct State: Sendable {
        /// The watch of each path that was asked about; several paths of one file have the same.
        var watches: [String: Int32] = [:]
        /// How many paths have each watch.
        var counts: [Int32: Int] = [:]
        /// The watches of files that were modified and not closed since.
        var modified: Set<Int32> = []

        /// Takes note of the watch that a path has now; nil for none.
        ///
        /// - Returns: the watch that no path has any more; nil where there is none.
        mutating func note(_ watch: Int32?, of path: String) -> Int32? {
            let former = watches[path]
            guard former != watch else { return nil }
            watches[path] = watch
            if let watch { counts[watch, default: 0] += 1 }
            guard let former, let count = counts[former] else { return nil }
            counts[former] = count > 1 ? count - 1 : nil
            guard count == 1 else { return nil }
            modified.remove(former)
            return former
        }
    }

    private let notices: Descriptor?
    private let state = Mutex(State())

    package init() {
        notices = try? Descriptor(of: "inotify_init1", inotify_init1(O_CLOEXEC | O_NONBLOCK))
    }

    private var descriptor: Int32 {
        switch notices {
        case .some(let notices): notices.number
        case .none: -1
        }
    }

    /// Whether the file that a path leads to was modified and not closed since it is asked about.
    func isModified(_ path: String) -> Bool {
        guard descriptor >= 0 else { return false }
        let watch = inotify_add_watch(descriptor, path, UInt32(IN_MODIFY | IN_CLOSE_WRITE))
        return state.withLock { state in
            if let former = state.note(watch < 0 ? nil : watch, of: path) { inotify_rm_watch(descriptor, former) }
            drain(&state)
            return state.modified.contains(watch)
        }
    }

    /// Forgets all files but those at these paths.
    package func keep(_ paths: Set<String>) {
        state.withLock { state in
            for path in Array(state.watches.keys) where !paths.contains(path) {
                if let former = state.note(nil, of: path) { inotify_rm_watch(descriptor, former) }
            }
        }
    }

    private func drain(_ state: inout State) {
        withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 16) { buffer in
            for _ in 0..<64 {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count > 0 else { return }
                var place = 0
                while place + Self.headSize <= count {
                    let watch = buffer.loadUnaligned(fromByteOffset: place, as: Int32.self)
                    let mask = buffer.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                    let nameSize = buffer.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self)
                    if mask & UInt32(IN_MODIFY) != 0 { state.modified.insert(watch) }
                    // A watch that is ignored is one that has ended.
                    if mask & UInt32(IN_CLOSE_WRITE | IN_IGNORED) != 0 { state.modified.remove(watch) }
                    // The kernel's queue was full, and its last notices are lost; the next write is noticed again.
                    if mask & UInt32(IN_Q_OVERFLOW) != 0 { state.modified = [] }
                    place += Self.headSize + Int(nameSize)
                }
            }
        }
    }

    /// The size of `struct inotify_event` without the name.
    private static let headSize = 16
}
