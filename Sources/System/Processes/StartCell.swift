import CLinux
import Glibc

/// The number of a process that a thread starts; 0 before there is one, and when it could not be loaded.
///
/// The memory lives as long as the object, and is read and written by atomic operations only: so it may be shared.
final class StartCell: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<pid_t>

    init() {
        pointer = .allocate(capacity: 1)
        pointer.initialize(to: 0)
    }

    deinit {
        pointer.deallocate()
    }

    var process: pid_t { clinux_load(pointer) }
}
