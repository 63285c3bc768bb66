import Console
import Diagnostics
import IPVS
import Rules
import System
import Texts

/// `ipvsadm-restore`: makes the table what the rules on standard input say, by the changes that this takes.
struct RestoreProgram {
    let host: any Host
    let console: ProgramOutput

    func run(_ words: [String]) -> Int32 {
        let options: RestoreOptions
        do {
            options = try RestoreOptions(words)
        } catch {
            let message = "\(error.message)\n\(HelpText.hint(program: console.program))"
            let isWanted = host.errorsAreSeen || words.contains("--explain")
            console.complain(error.option?.explained(message, isWanted: isWanted) ?? message)
            return ExitStatus.usage
        }
        guard !options.isHelp else {
            console.text.append(HelpText.restore(program: console.program))
            return ExitStatus.success
        }
        let names = CachedNames(host.names)
        let explainer = Explainer(host: host, isAskedFor: options.explains)
        var kernel: (any IPVSKernel)?
        if options.mode != .check {
            let session = Session(host: host, console: console, explainer: explainer)
            kernel = session.open(namespace: options.namespace)
            guard kernel != nil else { return ExitStatus.usage }
        }
        guard let script = RuleInput.read(from: host, names: names, console: console) else { return ExitStatus.usage }
        if script.input.isEmpty, explainer.isWanted { console.complain(emptyInput) }
        let target = RestoreTarget(script)
        for diagnostic in (target.errors.inOrder + target.refusals.inOrder).sorted(by: { $0.line < $1.line }) {
            console.complain(diagnostic.description)
        }
        guard target.errors.isEmpty else { return ExitStatus.usage }
        guard let kernel else { return target.refusals.isEmpty ? ExitStatus.success : ExitStatus.usage }
        let query = QueryCommand(names: names, console: console, kernel: kernel, explainer: explainer)
        let restore = RestoreRun(script: script, target: target, query: query)
        return options.mode == .plan ? restore.plan() : restore.apply()
    }

    /// What is said for a pipe into which nothing came, perhaps because the program before it failed.
    private var emptyInput: String {
        "\(console.program): the input is empty\n  That stands for a table without services; --plan shows what it removes."
    }
}
