import Glibc
import Time

/// A thread that writes what may stand still: a disk, a frozen file system, a folder on another machine.
///
/// Whoever wants something written lays it down and goes on; it is written in that order. What waits is bounded.
package final class Scribe {
    /// The most bytes that wait.
    private let capacity: Int
    private let desk: ScribeDesk

    /// Makes one without a thread, which comes with the first job.
    ///
    /// - Throws: `SystemFailure` of `eventfd`.
    package init(capacity: Int) throws(SystemFailure) {
        self.capacity = capacity
        desk = try ScribeDesk()
    }

    deinit {
        desk.end()
    }

    /// Has something written after all that was laid down before.
    ///
    /// Where no thread can be had it is written at once.
    ///
    /// - Parameter load: how many bytes it keeps until it is written.
    /// - Returns: whether there was room for it.
    package func lay(load: Int, _ write: @escaping @Sendable () -> Void) -> Bool {
        let job = ScribeDesk.Job(load: load, write: write)
        switch desk.lay(job, capacity: capacity) {
        case .taken: return true
        case .full: return false
        case .unstaffed:
            desk.staff(true)
            guard DetachedThread.start({ [desk] in desk.work() }) else {
                desk.staff(false)
                write()
                return true
            }
            return desk.lay(job, capacity: capacity) == .taken
        }
    }

    /// Whether everything is written.
    package var isIdle: Bool { desk.isIdle }

    /// Waits until everything is written, but no longer than that.
    ///
    /// - Returns: whether it is.
    @discardableResult
    package func settle(within limit: Duration) -> Bool {
        let end = EventLoop.clock + limit
        while !desk.isIdle {
            guard EventLoop.clock < end else { return false }
            usleep(1000)
        }
        return true
    }
}
