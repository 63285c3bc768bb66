import CheckIO
import Configuration
import Director
import System

extension ProgramCommand {
    /// The command that a text of the configuration is, with its words kept for the log; nil for a blank text.
    init?(line: String) {
        switch CommandLine(line) {
        case .words(let words):
            guard let program = words.first else { return nil }
            self.init(program: program, arguments: Array(words.dropFirst()), output: Self.firstLine)
        case .shell(let text):
            self.init(program: "/bin/sh", arguments: ["-c", text], output: Self.firstLine)
        }
    }
}

extension Notice {
    /// The whole command as a shell takes it.
    var commandLine: String { ([command] + words).joined(separator: " ") }
}
