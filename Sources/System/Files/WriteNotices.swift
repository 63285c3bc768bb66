import CLinux
import Glibc
import Synchronization

/// Notices whether a file was modified by somebody who has not closed it since: `inotify`.
///
/// It is for file systems that cannot tell who has a file open, and for processes that may not ask; of another machine's
/// writers it knows nothing. Any thread may ask it.
package final class WriteNotices: Sendable {
    private struct State: Sendable {
        var number: Int32 = -1
        var isModified = false
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
        let number = inotify_add_watch(descriptor, path, UInt32(IN_MODIFY | IN_CLOSE_WRITE))
        return state.withLock { state in
            if number != state.number {
                if state.number >= 0 { inotify_rm_watch(descriptor, state.number) }
                state = State(number: number)
            }
            drain(&state)
            return state.isModified
        }
    }

    private func drain(_ state: inout State) {
        withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 16) { buffer in
            for _ in 0..<64 {
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                guard count > 0 else { return }
                var place = 0
                while place + Self.headSize <= count {
                    let number = buffer.loadUnaligned(fromByteOffset: place, as: Int32.self)
                    let mask = buffer.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                    let nameSize = buffer.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self)
                    if number == state.number {
                        if mask & UInt32(IN_MODIFY) != 0 { state.isModified = true }
                        if mask & UInt32(IN_CLOSE_WRITE) != 0 { state.isModified = false }
                    } else if mask & UInt32(IN_Q_OVERFLOW) != 0 {
                        // The kernel's queue was full, and its last notices are lost; the next write is noticed again.
                        state.isModified = false
                    }
                    place += Self.headSize + Int(nameSize)
                }
            }
        }
    }

    /// The size of `struct inotify_event` without the name.
    private static let headSize = 16
}
