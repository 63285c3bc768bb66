import Console
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
        let errors = script.check()
        for diagnostic in errors.inOrder { query.console.complain(diagnostic.description) }
        guard errors.isEmpty else { return ExitStatus.usage }
        var status = ExitStatus.success
        var pending: [(line: RestoreLine, change: Change)] = []
        var refusals = 0
        for step in script {
            switch step.command {
            case .failure(let mistake):
                query.console.complain(script.diagnostic(step.line, mistake).description)
                status = ExitStatus.refused
            case .success(.change(let change)):
                pending.append((step.line, change))
                if pending.count >= Self.pieceSize, !apply(&pending, &refusals) { status = ExitStatus.refused }
            case .success(let command):
                if !apply(&pending, &refusals) { status = ExitStatus.refused }
                if query.run(command) != ExitStatus.success { status = ExitStatus.refused }
            }
        }
        if !apply(&pending, &refusals) { status = ExitStatus.refused }
        let untold = refusals - DiagnosticList.mostOfSeverity
        if untold > 0 { query.console.complain("\(script.input.name): and \(untold) more that the kernel refused") }
        return status
    }

    /// Sends the changes to the kernel and complains about the first of those that it refuses; false if there are any.
    private func apply(_ pending: inout [(line: RestoreLine, change: Change)], _ refusals: inout Int) -> Bool {
        defer { pending.removeAll(keepingCapacity: true) }
        guard !pending.isEmpty else { return true }
        let report = query.kernel.apply(Changeset(pending.map(\.change)))
        for failure in report.failures {
            refusals += 1
            guard refusals <= DiagnosticList.mostOfSeverity else { continue }
            let (line, change) = pending[failure.index]
            let message = KernelMessage.text(of: failure.error, for: change)
            let diagnostic = script.diagnostic(line, message).description
            query.console.complain(query.explainer.explained(diagnostic, failure.error, for: change))
        }
        return report.failures.isEmpty
    }
}
