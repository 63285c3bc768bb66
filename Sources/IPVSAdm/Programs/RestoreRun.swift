import Console
import Diagnostics
import IPVS
import Rules
import Texts

/// Carries out, or shows, what a file of rules means for the kernel's table.
struct RestoreRun {
    let script: RestoreScript
    let target: RestoreTarget
    let query: QueryCommand

    private var console: ProgramOutput { query.console }
    private var convergence: Convergence { Convergence(desired: target.table, kernel: query.kernel) }

    /// Prints the changes as rules.
    ///
    /// - Returns: the exit status, which says whether there are any.
    func plan() -> Int32 {
        do {
            var changeset = try convergence.changes()
            changeset.changes += try requestedChanges()
            console.text.withBytes { RuleWriter().write(changeset, to: &$0) }
            guard target.refusals.isEmpty else { return ExitStatus.usage }
            return changeset.isEmpty ? ExitStatus.success : ExitStatus.failure
        } catch {
            complain(error)
            return ExitStatus.usage
        }
    }

    /// Applies the changes and then answers the queries of the file.
    ///
    /// - Returns: the exit status.
    func apply() -> Int32 {
        do {
            var isComplete = target.refusals.isEmpty
            let failures = try convergence.run()
            if !failures.isEmpty { isComplete = false }
            complain(failures.causes)
            for request in target.requests where !carryOut(request) { isComplete = false }
            return isComplete ? ExitStatus.success : ExitStatus.refused
        } catch {
            complain(error)
            return ExitStatus.refused
        }
    }

    /// The changes besides those of the table that would have an effect.
    private func requestedChanges() throws(IPVSError) -> [Change] {
        var changes: [Change] = []
        for request in target.requests {
            guard case .change(let change) = request.command else { continue }
            if case .stopDaemon(let role) = change, try !query.kernel.daemons().contains(where: { $0.role == role }) {
                continue
            }
            changes.append(change)
        }
        return changes
    }

    private func carryOut(_ request: RestoreTarget.Request) -> Bool {
        guard case .change(let change) = request.command else {
            return query.run(request.command) == ExitStatus.success
        }
        guard let failure = query.kernel.apply([change]).failures.first else { return true }
        complain(Convergence.Failure(change: change, error: failure.error), on: request.line)
        return false
    }

    private func complain(_ failures: [Convergence.Failure]) {
        let told = failures.prefix(DiagnosticList.mostOfSeverity)
        guard !told.isEmpty else { return }
        let lines = script.lines(of: told.map(\.change))
        for (failure, line) in zip(told, lines) { complain(failure, on: line) }
        if failures.count > told.count {
            console.complain("\(script.input.name): and \(failures.count - told.count) more that the kernel refused")
        }
    }

    private func complain(_ failure: Convergence.Failure, on line: RestoreLine?) {
        let message = KernelMessage.text(of: failure.error, for: failure.change)
        let text =
            line.map { script.diagnostic($0, message).description }
            ?? "\(console.program): \(RuleWriter().text(of: failure.change)): \(message)"
        console.complain(query.explainer.explained(text, failure.error, for: failure.change))
    }

    private func complain(_ error: IPVSError) {
        console.complain(query.explainer.explained(KernelMessage.text(of: error), error))
    }
}
