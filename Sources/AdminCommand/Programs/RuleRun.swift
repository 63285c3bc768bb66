import Diagnostics
import IPVS
import Rules

/// `ipvsadm -R`: the commands of a file, one after the other.
///
/// Changes go to the kernel in large pieces; a query sees all that stand before it.
struct RuleRun {
    let script: RestoreScript
    let query: QueryCommand
    private static let pieceSize = 4096

    /// Carries everything out, unless a line is no command.
    ///
    /// - Returns: the exit status.
    func run() -> Int32 {
        let errorCount = script.check { query.console.complain($0.description) }
        guard errorCount == 0 else { return ExitStatus.usage }
        var status = ExitStatus.success
        var pending: [(line: RestoreLine, change: Change)] = []
        for step in script {
            switch step.command {
            case .failure(let diagnostic):
                query.console.complain(diagnostic.description)
                status = ExitStatus.refused
            case .success(.change(let change)):
                pending.append((step.line, change))
                if pending.count >= Self.pieceSize, !apply(&pending) { status = ExitStatus.refused }
            case .success(let command):
                if !apply(&pending) { status = ExitStatus.refused }
                if query.run(command) != ExitStatus.success { status = ExitStatus.refused }
            }
        }
        if !apply(&pending) { status = ExitStatus.refused }
        return status
    }

    /// Sends the changes to the kernel and complains about those that it refuses; false if there are any.
    private func apply(_ pending: inout [(line: RestoreLine, change: Change)]) -> Bool {
        defer { pending.removeAll(keepingCapacity: true) }
        guard !pending.isEmpty else { return true }
        let report = query.kernel.apply(Changeset(pending.map(\.change)))
        for failure in report.failures {
            let (line, change) = pending[failure.index]
            let message = KernelMessage.text(of: failure.error, for: change)
            let diagnostic = script.diagnostic(line, message).description
            query.console.complain(query.explainer.explained(diagnostic, failure.error, for: change))
        }
        return report.failures.isEmpty
    }
}
