import ArgumentParser
import Console
import Texts

/// The programs `directrix`, `ldirectord` and `keepalived`, which are one file under three names.
package enum DirectorCommand {
    /// What the file may be called; by any other name it is `directrix`.
    private enum Name: String {
        case directrix, ldirectord, keepalived
    }

    /// Runs the program that is called by its first word.
    ///
    /// - Returns: its exit status.
    package static func run(arguments: [String], environment: DirectorEnvironment) -> Int32 {
        let program = arguments.first ?? "directrix"
        let words = Array(arguments.dropFirst())
        let name = program.split(separator: "/").last.flatMap { Name(rawValue: String($0)) } ?? .directrix
        let console = ProgramOutput(
            program: name.rawValue,
            output: environment.output,
            errors: environment.errors
        )
        let status =
            switch name {
            case .directrix: directrix(words, SubcommandContext(environment: environment, console: console))
            case .ldirectord:
                LdirectordProgram(environment: environment, console: console, invocation: arguments).run(words)
            case .keepalived:
                KeepalivedProgram(environment: environment, console: console, invocation: arguments).run(words)
            }
        return console.finish(status)
    }

    private static func directrix(_ words: [String], _ context: SubcommandContext) -> Int32 {
        do {
            let command = try DirectrixCommand.parseAsRoot(words)
            if let command = command as? any DirectrixSubcommand { return command.run(context) }
            // Without a subcommand, and for `help`, the parser has a command that throws the text of the help.
            var other = command
            try other.run()
            return SubcommandContext.Status.success
        } catch {
            let text = DirectrixCommand.fullMessage(for: error)
            guard DirectrixCommand.exitCode(for: error).isSuccess else {
                context.console.complain(text)
                return SubcommandContext.Status.failure
            }
            context.console.text.append(text.hasSuffix("\n") ? text : "\(text)\n")
            return SubcommandContext.Status.success
        }
    }
}
