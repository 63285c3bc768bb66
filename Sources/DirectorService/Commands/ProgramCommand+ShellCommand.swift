import CheckIO
import Configuration
import Director
import System

extension ProgramCommand {
    /// The command that a text of the configuration is, with its words kept for the log; nil for a blank text.
    init?(line: String) {
        self.init(ShellCommand(line))
    }

    /// A program that is told of a state, with its words kept for the log; nil for a blank one.
    ///
    /// - Parameter isGuarded: whether it is not run as root where others could change it.
    init?(_ program: NoticeProgram, isGuarded: Bool) {
        self.init(program.command)
        // A shell runs another one, where that is plain to see.
        if isGuarded { guarded = Set([self.program, program.command.program].compactMap { $0 }) }
        if program.user != nil || program.group != nil {
            owner = ProgramOwner(user: program.user, group: program.group)
        }
    }

    private init?(_ line: ShellCommand) {
        switch line {
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

extension NoticeProgram {
    /// The same with one more word behind the others.
    func adding(_ word: String) -> NoticeProgram { adding([word]) }

    /// The same with more words behind the others.
    func adding(_ words: [String]) -> NoticeProgram {
        var program = self
        switch command {
        case .words(let first): program.command = .words(first + words)
        case .shell(let text):
            let quoted = words.map { " '\($0.replacing("'", with: "'\\''"))'" }.joined()
            program.command = .shell(text + quoted)
        }
        return program
    }

    /// The whole command as people write it.
    var text: String {
        switch command {
        case .words(let words): words.joined(separator: " ")
        case .shell(let text): text
        }
    }
}
