import CheckIO
import Glibc
import Synchronization

/// The status file: replaced as a whole by a thread that may be held up; of several states that wait, only the last counts.
final class StatusPaper {
    private let path: String
    private let scribe: Scribe
    private let shared = Shared()

    private final class Shared: Sendable {
        /// What is to be written, and why that failed.
        let next = Mutex<String?>(nil)
        let failure = Mutex<String?>(nil)
    }

    /// - Throws: `SystemFailure` of `eventfd`.
    init(path: String) throws(SystemFailure) {
        self.path = path
        scribe = try Scribe(capacity: 1)
    }

    /// Has that text put into the place of the one before.
    ///
    /// - Returns: why an earlier one could not be written, once.
    func write(_ text: String) -> String? {
        shared.next.withLock { $0 = text }
        let path = path
        // One that is refused finds its text written by the job that waits.
        _ = scribe.lay(load: 1) { [shared] in
            let text = shared.next.withLock { next in
                defer { next = nil }
                return next
            }
            guard let text, let failure = Descriptor.replace(path, with: text, mode: 0o600) else { return }
            shared.failure.withLock { $0 = "\(path): \(failure)" }
        }
        return shared.failure.withLock { failure in
            defer { failure = nil }
            return failure
        }
    }

    /// Has the file removed unless another process has put its own there meanwhile; waits no longer than that.
    func remove(writtenBy process: Int32, within limit: Duration) {
        let path = path
        scribe.settle(within: limit)
        _ = scribe.lay(load: 1) {
            guard let contents = try? FileContents(reading: path) else { return }
            if DaemonStatus(String(decoding: contents.bytes, as: UTF8.self))?.pid == process { unlink(path) }
        }
        scribe.settle(within: limit)
    }
}
