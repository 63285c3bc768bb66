import Glibc
import Synchronization
import System

/// The state of a director, and the status file that tells it: replaced as a whole by a thread that may be held up; of
/// several states that wait, only the last is written.
final class StatusFile {
    /// What the file is to say.
    var status: DaemonStatus
    /// Nil where no file is wanted.
    private let target: (path: String, scribe: Scribe)?
    private let shared = Shared()

    private final class Shared: Sendable {
        /// What is to be written, and why that failed.
        let next = Mutex<String?>(nil)
        let failure = Mutex<String?>(nil)
    }

    /// Keeps a status for the file at a path; nil for no file.
    ///
    /// - Throws: `SystemFailure` of `eventfd`.
    init(path: String?, _ status: DaemonStatus) throws(SystemFailure) {
        self.status = status
        target = try path.map { path throws(SystemFailure) in (path, try Scribe(capacity: 1)) }
    }

    /// Has the status put into the place of the one before.
    ///
    /// - Returns: why an earlier one could not be written, once.
    func publish() -> String? {
        guard let (path, scribe) = target else { return nil }
        let text = status.text
        shared.next.withLock { $0 = text }
        // Where there is no room a job waits already, and writes the text that is laid down last.
        _ = scribe.lay(load: 1) { [shared] in
            let text = shared.next.withLock { next in
                defer { next = nil }
                return next
            }
            guard let text else { return }
            do throws(SystemFailure) {
                try ReplacedFile.put(text, at: path, mode: 0o600)
            } catch {
                shared.failure.withLock { [error] in $0 = "\(path): \(error)" }
            }
        }
        return shared.failure.withLock { failure in
            defer { failure = nil }
            return failure
        }
    }

    /// Has the file removed unless another process has put its own there meanwhile; waits no longer than that.
    func remove(within limit: Duration) {
        guard let (path, scribe) = target else { return }
        let process = status.pid
        scribe.settle(within: limit)
        _ = scribe.lay(load: 1) {
            guard let contents = try? FileContents(reading: path) else { return }
            if DaemonStatus(String(decoding: contents.bytes, as: UTF8.self))?.pid == process { unlink(path) }
        }
        scribe.settle(within: limit)
    }
}
