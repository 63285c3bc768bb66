import Console
import IPVS
import System
import Texts

/// `ipvsadm-save`.
struct SaveProgram {
    let host: any Host
    let console: ProgramOutput

    func run(_ words: [String]) -> Int32 {
        let options: SaveOptions
        do {
            options = try SaveOptions(words)
        } catch {
            let message = HelpText.saveHint(program: console.program)
            let isWanted = host.errorsAreSeen || words.contains("--explain")
            console.complain(error.option?.explained(message, isWanted: isWanted) ?? message)
            return ExitStatus.failure
        }
        guard !options.isHelp else {
            console.text.append(HelpText.save(program: console.program))
            return ExitStatus.success
        }
        let explainer = Explainer(host: host, isAskedFor: options.explains)
        let session = Session(host: host, console: console, explainer: explainer)
        guard let kernel = session.open(namespace: options.namespace) else { return ExitStatus.usage }
        let save = SaveCommand(
            names: options.isNumeric ? nil : CachedNames(host.names),
            kernel: kernel,
            console: console,
            hasSettings: options.hasSettings
        )
        guard let path = options.outputPath else { return write(save, explainer) }
        return replace(path, with: save, explainer)
    }

    private func write(_ save: SaveCommand, _ explainer: Explainer) -> Int32 {
        do {
            try save.run()
            return ExitStatus.success
        } catch {
            console.complain(explainer.explained(KernelMessage.text(of: error), error))
            return ExitStatus.failure
        }
    }

    /// Writes into a file that takes the place of the old one when everything is in it.
    private func replace(_ path: String, with save: SaveCommand, _ explainer: Explainer) -> Int32 {
        do throws(SystemFailure) {
            let file = try host.replaceFile(at: path)
            var status = ExitStatus.success
            console.redirect(to: file) { status = write(save, explainer) }
            let failure = console.takeFailure()
            guard status == ExitStatus.success, failure == nil else {
                file.discard()
                if let failure { throw failure }
                return status
            }
            try file.commit()
            return ExitStatus.success
        } catch {
            console.complain("\(console.program): \(path): \(error.message)")
            return ExitStatus.failure
        }
    }
}
