import Synchronization

/// The jobs of a thread that writes, in the order in which they came.
final class WritingQueue: Sendable {
    /// Something to be written.
    struct Job: Sendable {
        /// How much it keeps waiting, in bytes.
        let load: Int
        let write: @Sendable () -> Void
    }

    private struct State: Sendable {
        var jobs: [Job] = []
        /// The bytes that jobs keep which are not written.
        var load = 0
        var hasThread = false
        /// Whether the thread is writing.
        var isBusy = false
        /// Whether the thread is to end when nothing is left to write.
        var hasEnded = false
    }

    private let state = Mutex(State())
    /// Wakes the thread.
    private let bell: Bell

    /// - Throws: `SystemFailure` of `eventfd`.
    init() throws(SystemFailure) {
        bell = try Bell(isBlocking: true)
    }

    /// What becomes of a job that is given to the queue.
    enum Reception: Hashable {
        case taken
        /// So much waits already that it is refused.
        case full
        /// There is no thread; one is to be started, or the job done without.
        case withoutThread
    }

    /// Puts a job behind the others, which may keep so many bytes together.
    func append(_ job: Job, capacity: Int) -> Reception {
        let reception = state.withLock { state -> Reception in
            guard state.hasThread else { return .withoutThread }
            guard state.jobs.isEmpty || state.load + job.load <= capacity else { return .full }
            state.jobs.append(job)
            state.load += job.load
            return .taken
        }
        if reception == .taken { bell.ring() }
        return reception
    }

    /// Whether there is a thread, or is about to be.
    var hasThread: Bool {
        get { state.withLock { $0.hasThread } }
        set { state.withLock { $0.hasThread = newValue } }
    }

    /// Whether all jobs are written.
    var isIdle: Bool { state.withLock { $0.jobs.isEmpty && !$0.isBusy } }

    /// Lets the thread end when it has written everything.
    func end() {
        state.withLock { $0.hasEnded = true }
        bell.ring()
    }

    /// Writes until the end is asked for; the whole life of the thread.
    func work() {
        while true {
            let (jobs, hasEnded) = state.withLock { state in
                let jobs = state.jobs
                state.jobs = []
                state.isBusy = !jobs.isEmpty
                return (jobs, state.hasEnded)
            }
            for job in jobs {
                job.write()
                state.withLock { $0.load -= job.load }
            }
            guard jobs.isEmpty else { continue }
            if hasEnded { return }
            bell.wait()
        }
    }
}
