import Synchronization

/// What whoever wants something written and the thread that writes it lay down for each other.
final class ScribeDesk: Sendable {
    /// Something to be written.
    struct Job: Sendable {
        /// How much it keeps waiting, in bytes.
        let load: Int
        let write: @Sendable () -> Void
    }

    private struct Papers: Sendable {
        var jobs: [Job] = []
        var load = 0
        /// Whether there is a thread.
        var isStaffed = false
        /// Whether the thread has a job in its hands.
        var isBusy = false
        var hasEnded = false
    }

    private let papers = Mutex(Papers())
    /// Rings on the thread.
    private let bell: Bell

    /// - Throws: `SystemFailure` of `eventfd`.
    init() throws(SystemFailure) {
        bell = try Bell(isBlocking: true)
    }

    /// What a job has become.
    enum Reception: Hashable {
        case taken
        /// So much waits already that it is refused.
        case full
        /// There is no thread; one is to be started, or the job done without.
        case unstaffed
    }

    /// Lays a job down behind the others, of which there may be so much.
    func lay(_ job: Job, capacity: Int) -> Reception {
        let reception = papers.withLock { papers -> Reception in
            guard papers.isStaffed else { return .unstaffed }
            guard papers.jobs.isEmpty || papers.load + job.load <= capacity else { return .full }
            papers.jobs.append(job)
            papers.load += job.load
            return .taken
        }
        if reception == .taken { bell.ring() }
        return reception
    }

    /// Says whether there is a thread.
    func staff(_ isStaffed: Bool) {
        papers.withLock { $0.isStaffed = isStaffed }
    }

    /// Whether everything that was laid down is written.
    var isIdle: Bool { papers.withLock { $0.jobs.isEmpty && !$0.isBusy } }

    /// Lets the thread end when it has written everything.
    func end() {
        papers.withLock { $0.hasEnded = true }
        bell.ring()
    }

    /// Writes until the end is asked for; the whole life of the thread.
    func work() {
        while true {
            let (jobs, hasEnded) = papers.withLock { papers in
                let jobs = papers.jobs
                papers.jobs = []
                papers.isBusy = !jobs.isEmpty
                return (jobs, papers.hasEnded)
            }
            for job in jobs {
                job.write()
                papers.withLock { $0.load -= job.load }
            }
            guard jobs.isEmpty else { continue }
            if hasEnded { return }
            bell.wait()
        }
    }
}
