import Glibc
import Time

/// A thread that writes to what may stand still: a disk, a frozen file system, a folder on another machine.
///
/// Whoever wants something written goes on at once; jobs are done in the order in which they came. Those that wait are
/// bounded.
package final class Scribe {
    /// The most bytes that wait.
    private let capacity: Int
    private let queue: WritingQueue

    /// Makes one without a thread, which comes with the first job.
    ///
    /// - Throws: `SystemFailure` of `eventfd`.
    package init(capacity: Int) throws(SystemFailure) {
        self.capacity = capacity
        queue = try WritingQueue()
    }

    deinit {
        queue.end()
    }

    /// Has something written after all that was laid down before.
    ///
    /// Where no thread can be had it is written at once.
    ///
    /// - Parameter load: how many bytes it keeps until it is written.
    /// - Returns: whether there was room for it.
    package func lay(load: Int, _ write: @escaping @Sendable () -> Void) -> Bool {
        let job = WritingQueue.Job(load: load, write: write)
        switch queue.append(job, capacity: capacity) {
        case .taken: return true
        case .full: return false
        case .withoutThread:
            queue.hasThread = true
            guard DetachedThread.start({ [queue] in queue.work() }) else {
                queue.hasThread = false
                write()
                return true
            }
            return queue.append(job, capacity: capacity) == .taken
        }
    }

    /// Whether everything is written.
    package var isIdle: Bool { queue.isIdle }

    /// Waits until everything is written, but no longer than that.
    ///
    /// - Returns: whether it is.
    @discardableResult
    package func settle(within limit: Duration) -> Bool {
        let end = EventLoop.clock + limit
        while !queue.isIdle {
            guard EventLoop.clock < end else { return false }
            usleep(1000)
        }
        return true
    }
}
