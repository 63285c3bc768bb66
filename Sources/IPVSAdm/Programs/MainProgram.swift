import Console
import IPVS
import Rules
import Texts

/// `ipvsadm`.
struct MainProgram {
    let host: any Host
    let console: ProgramOutput

    func run(_ words: [String]) -> Int32 {
        let names = CachedNames(host.names)
        let invocation: Invocation
        do {
            invocation = try CommandParser(names: names).parse(words)
        } catch {
            return refuse(words, error)
        }
        switch invocation.command {
        case .help:
            HelpText.appendMain(program: console.program, to: &console.text)
            return ExitStatus.success
        case .version:
            console.text.append(HelpText.version)
            return ExitStatus.success
        case .change, .list, .save, .restore:
            let explainer = Explainer(host: host, isAskedFor: invocation.explains)
            let session = Session(host: host, console: console, explainer: explainer)
            guard let kernel = session.open(namespace: invocation.namespace) else { return ExitStatus.usage }
            return run(
                invocation.command,
                QueryCommand(names: names, console: console, kernel: kernel, explainer: explainer)
            )
        }
    }

    /// Complains about words that are no command; but a kernel that cannot be used at all is the greater trouble.
    private func refuse(_ words: [String], _ error: UsageError) -> Int32 {
        let (namespace, isExplained) = CommandParser.intentions(of: words)
        let explainer = Explainer(host: host, isAskedFor: isExplained)
        let session = Session(host: host, console: console, explainer: explainer)
        guard session.open(namespace: namespace) != nil else { return ExitStatus.usage }
        var lines = error.message ?? HelpText.hint(program: console.program)
        if explainer.isWanted, let expected = CommandParser.advice(on: words, error) {
            lines += "\n  expected \(expected)"
        }
        console.complain(lines)
        return error.status
    }

    private func run(_ command: Command, _ query: QueryCommand) -> Int32 {
        switch command {
        case .change(let change):
            guard let failure = query.kernel.apply([change]).failures.first else {
                if query.explainer.isWanted, let doubt = Explanation.doubt(about: change) {
                    console.complain("  \(doubt)")
                }
                return ExitStatus.success
            }
            let message = KernelMessage.text(of: failure.error, for: change)
            console.complain(query.explainer.explained(message, failure.error, for: change))
            return ExitStatus.refused
        case .restore:
            guard let script = RuleInput.read(from: host, names: query.names, console: console) else {
                return ExitStatus.usage
            }
            return RuleRun(script: script, query: query).run()
        case .list, .save, .help, .version:
            return query.run(command)
        }
    }
}
