import Director
import IPVS
import System

/// The kernel of a director, to which changes and readings go one at a time; the log tells when it cannot be read, and when
/// it can again.
final class DirectedKernel {
    private let worker: KernelWorker
    private let log: DaemonLog
    private var isUnreadable = false

    /// - Throws: `SystemFailure` where there are not the means for its thread.
    init(on loop: EventLoop, _ source: KernelSource, _ log: DaemonLog) throws(SystemFailure) {
        worker = try KernelWorker(on: loop, source)
        self.log = log
    }

    /// Whether nothing is under way.
    var isIdle: Bool { worker.isIdle }

    /// Carries changes out; `body` is told what became of them.
    func apply(_ changeset: Changeset, _ body: @escaping (ApplyReport) -> Void) { worker.apply(changeset, body) }

    /// Reads the table that a director begins with.
    func readFirstTable(_ body: @escaping (Result<Table, IPVSError>) -> Void) { worker.readTable(body) }

    /// Reads the table; `body` is not called where that fails: whoever wants it asks again.
    func readTable(_ body: @escaping (Table) -> Void) {
        worker.readTable { [unowned self] result in
            switch result {
            case .success(let table):
                if isUnreadable { log.tell(.tableReadable) }
                isUnreadable = false
                body(table)
            case .failure(let error):
                if !isUnreadable { log.tell(.tableUnreadable(reason: error.text)) }
                isUnreadable = true
            }
        }
    }
}

extension IPVSError {
    /// What it means, in one line for people.
    var text: String {
        switch self {
        case .unavailable: "the kernel has no IPVS; is the module ip_vs missing?"
        case .refused(.notPermitted): "not permitted; CAP_NET_ADMIN is needed"
        case .refused(let error): SystemFailure(call: "netlink", number: error.rawValue).description
        case .transport(let error): SystemFailure(call: "netlink", number: error.rawValue).description
        case .unanswered: "its answer was lost"
        case .malformedReply(let text): "its answer cannot be read: \(text)"
        case .unsettled(let attempts): "it changed during each of \(attempts) attempts"
        }
    }

    /// Whether it may be otherwise in a moment.
    var isPassing: Bool {
        switch self {
        case .unavailable, .refused(.notPermitted): false
        case .refused, .transport, .unanswered, .malformedReply, .unsettled: true
        }
    }
}
