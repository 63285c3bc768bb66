import CLinux
import Glibc
import Synchronization

/// Starts the programs of a loop on threads of their own: a file system that does not answer holds one of those, and
/// never the loop.
final class ProgramStarter {
    private struct Start {
        let order: StartOrder
        let cell = StartCell()
        let body: (Result<pid_t, StartFailure>) -> Void
    }

    /// What threads tell the loop.
    private final class Mailbox: Sendable {
        private let ended = Mutex<[(ticket: Int, failure: StartFailure?)]>([])
        let bell: Bell

        init(_ bell: Bell) {
            self.bell = bell
        }

        func post(_ ticket: Int, _ failure: StartFailure?) {
            ended.withLock { $0.append((ticket, failure)) }
            bell.ring()
        }

        func take() -> [(ticket: Int, failure: StartFailure?)] {
            bell.wait()
            return ended.withLock { ended in
                defer { ended = [] }
                return ended
            }
        }
    }

    private unowned let loop: EventLoop
    private var mailbox: Mailbox?
    private var watch: Watch?
    private var queue = StartQueue()
    private var starts: [Int: Start] = [:]
    private var lastTicket = 0
    /// The processes that were started here and not waited for.
    private var own: Set<pid_t> = []
    /// Whether children that were not started here are waited for too.
    var waitsForStrangers = false

    init(on loop: EventLoop) {
        self.loop = loop
    }

    /// Whether a program is being started.
    var isStarting: Bool { !starts.isEmpty }

    /// Whether, besides, a process that was started here has not been waited for.
    var isBusy: Bool { isStarting || !own.isEmpty }

    /// Starts a program when it is its turn.
    ///
    /// The descriptors of the order are the caller's, and stay open until `body` is called or the start was withdrawn.
    ///
    /// - Parameter body: called in a later turn of the loop; with a process, which the caller then waits for by `wait`.
    /// - Returns: a ticket to withdraw it with.
    /// - Throws: `SystemFailure` of `eventfd` or `epoll_ctl`.
    func start(
        _ order: StartOrder,
        _ body: @escaping (Result<pid_t, StartFailure>) -> Void
    ) throws(SystemFailure) -> Int {
        if mailbox == nil {
            let mailbox = Mailbox(try Bell(isBlocking: false))
            watch = try loop.watch(mailbox.bell.descriptor, for: .readable) { [unowned self] _ in startsEnded() }
            self.mailbox = mailbox
        }
        lastTicket += 1
        starts[lastTicket] = Start(order: order, body: body)
        queue.enqueue(lastTicket, program: order.program)
        beginNext()
        return lastTicket
    }

    /// Forgets a start that no thread has begun; whether it could be forgotten.
    func withdraw(_ ticket: Int) -> Bool {
        guard queue.withdraw(ticket) else { return false }
        starts[ticket] = nil
        return true
    }

    /// Ends the process of a start that has not ended, if there is one yet.
    func end(_ ticket: Int) {
        guard let process = starts[ticket]?.cell.process, process > 0 else { return }
        kill(process, SIGKILL)
    }

    /// Waits for a process of its own, which has ended.
    func wait(for process: pid_t) -> ProgramOutcome.End {
        defer {
            own.remove(process)
            // The kernel shows one ended child at a time: others may be seen now.
            if waitsForStrangers { waitForStrangers() }
        }
        var status: Int32 = 0
        while true {
            let found = waitpid(process, &status, 0)
            if found == process { return ProgramOutcome.End(waitStatus: status) }
            guard found < 0, errno == EINTR else { return .untold }
        }
    }

    /// Waits for children that have ended and that nobody here has started: what programs leave behind becomes a child
    /// of the first process of a container, and of one that was started in the place of its parent.
    ///
    /// It stops at a child of its own, and goes on when that has been waited for.
    func waitForStrangers() {
        for _ in 0..<Self.mostStrangers {
            let process = clinux_ended_child()
            guard process > 0, !own.contains(process), !starts.values.contains(where: { $0.cell.process == process })
            else { return }
            _ = waitpid(process, nil, WNOHANG)
        }
    }

    /// The most that are waited for in one turn; each further one tells of itself.
    private static let mostStrangers = 1_000

    private func beginNext() {
        guard let mailbox else { return }
        for ticket in queue.next() {
            guard let start = starts[ticket] else { continue }
            let (order, cell) = (start.order, start.cell)
            let isBegun = DetachedThread.start {
                do throws(StartFailure) {
                    try order.carryOut(cell)
                    mailbox.post(ticket, nil)
                } catch {
                    mailbox.post(ticket, error)
                }
            }
            if !isBegun {
                mailbox.post(ticket, .noProcess(SystemFailure(call: "pthread_create", number: EAGAIN)))
            }
        }
    }

    private func startsEnded() {
        for (ticket, failure) in mailbox?.take() ?? [] {
            queue.ended(ticket)
            guard let start = starts.removeValue(forKey: ticket) else { continue }
            if let failure {
                start.body(.failure(failure))
            } else {
                own.insert(start.cell.process)
                start.body(.success(start.cell.process))
            }
        }
        beginNext()
    }
}
