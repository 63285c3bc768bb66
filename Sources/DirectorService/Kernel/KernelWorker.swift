import Glibc
import IPVS
import System

/// The thread that alone speaks with the kernel, so that the loop never waits for it.
///
/// Requests are carried out one after the other; whoever makes one is told the outcome in a turn of the loop.
final class KernelWorker {
    private enum Waiting {
        case report((ApplyReport) -> Void)
        case table((Result<Table, IPVSError>) -> Void)
    }

    private let loop: EventLoop
    private let mailbox: KernelMailbox
    private var watch: Watch?
    private var waiting: [Waiting] = []

    /// Starts the thread; the kernel is opened at the first request, and again after it went away.
    ///
    /// - Throws: `SystemFailure` of `eventfd`, `epoll_ctl` or `pthread_create`.
    init(on loop: EventLoop, _ source: KernelSource) throws(SystemFailure) {
        self.loop = loop
        let mailbox = try KernelMailbox()
        self.mailbox = mailbox
        guard DetachedThread.start({ mailbox.work(with: source) }) else {
            throw SystemFailure(call: "pthread_create", number: EAGAIN)
        }
        watch = try loop.watch(mailbox.answered.descriptor, for: .readable) { [weak self] _ in self?.deliver() }
    }

    deinit {
        if let watch { loop.end(watch) }
        mailbox.ask(.end)
    }

    /// Whether nothing is under way.
    var isIdle: Bool { waiting.isEmpty }

    /// Carries changes out.
    func apply(_ changeset: Changeset, _ body: @escaping (ApplyReport) -> Void) {
        waiting.append(.report(body))
        mailbox.ask(.apply(changeset))
    }

    /// Reads the table.
    func readTable(_ body: @escaping (Result<Table, IPVSError>) -> Void) {
        waiting.append(.table(body))
        mailbox.ask(.readTable)
    }

    private func deliver() {
        for answer in mailbox.takeAnswers() {
            guard !waiting.isEmpty else { return }
            switch (waiting.removeFirst(), answer) {
            case (.report(let body), .applied(let report)): body(report)
            case (.table(let body), .table(let table)): body(.success(table))
            case (.table(let body), .failed(let error)): body(.failure(error))
            case (let request, let answer): preconditionFailure("\(answer) does not answer \(request)")
            }
        }
    }
}
