import IPVS
import Synchronization
import System

/// The requests of the loop and the answers of the thread that speaks with the kernel.
final class KernelMailbox: Sendable {
    enum Request: Sendable {
        case apply(Changeset)
        case readTable
        case end
    }

    enum Answer: Sendable {
        case applied(ApplyReport)
        case table(Table)
        case failed(IPVSError)
    }

    private struct Messages: Sendable {
        var requests: [Request] = []
        var answers: [Answer] = []
    }

    private let messages = Mutex(Messages())
    /// Rings on the thread of the kernel.
    private let requested: Bell
    /// Rings on the loop.
    let answered: Bell

    /// - Throws: `SystemFailure` of `eventfd`.
    init() throws(SystemFailure) {
        requested = try Bell(isBlocking: true)
        answered = try Bell(isBlocking: false)
    }

    func ask(_ request: Request) {
        messages.withLock { $0.requests.append(request) }
        requested.ring()
    }

    /// The answers since the last time, in the order of the requests.
    func takeAnswers() -> [Answer] {
        answered.wait()
        return messages.withLock { messages in
            defer { messages.answers = [] }
            return messages.answers
        }
    }

    /// Answers requests until the end is asked for; the whole life of the thread.
    func work(with source: KernelSource) {
        var kernel: (any IPVSKernel)?
        while true {
            requested.wait()
            let requests = messages.withLock { messages in
                defer { messages.requests = [] }
                return messages.requests
            }
            for request in requests {
                let answer: Answer
                switch request {
                case .end: return
                case .apply(let changeset): answer = Self.apply(changeset, to: &kernel, of: source)
                case .readTable: answer = Self.readTable(of: &kernel, of: source)
                }
                messages.withLock { $0.answers.append(answer) }
                answered.ring()
            }
        }
    }

    private static func apply(
        _ changeset: Changeset,
        to kernel: inout (any IPVSKernel)?,
        of source: KernelSource
    ) -> Answer {
        do throws(IPVSError) {
            let report = try opened(&kernel, of: source).apply(changeset)
            // The module of IPVS may have been unloaded; its netlink family has another number when it is back.
            if source.isReopened, report.failures.contains(where: { isBroken($0.error) }) { kernel = nil }
            return .applied(report)
        } catch {
            let failures = changeset.changes.indices.map { ApplyReport.Failure(index: $0, error: error) }
            return .applied(ApplyReport(count: changeset.changes.count, failures: failures))
        }
    }

    private static func readTable(of kernel: inout (any IPVSKernel)?, of source: KernelSource) -> Answer {
        do throws(IPVSError) {
            return .table(try opened(&kernel, of: source).tableWithSettings())
        } catch {
            if source.isReopened, isBroken(error) { kernel = nil }
            return .failed(error)
        }
    }

    private static func opened(
        _ kernel: inout (any IPVSKernel)?,
        of source: KernelSource
    ) throws(IPVSError) -> any IPVSKernel {
        if let kernel { return kernel }
        let opened = try source.open()
        kernel = opened
        return opened
    }

    /// Whether the conversation is over, and another has to be begun.
    private static func isBroken(_ error: IPVSError) -> Bool {
        switch error {
        case .unavailable, .transport, .malformedReply, .unanswered: true
        case .refused(let number): number == .noSuchEntry
        case .unsettled: false
        }
    }
}
