import Rules
import TestKit
import Testing

/// A command line of `Fixtures/rules/command-lines.txt` with what comes of it.
struct CommandLineCase: Sendable, CustomTestStringConvertible {
    let line: Int
    let text: String
    /// The outcome of the original.
    let recorded: String
    /// Ours, where it differs on purpose.
    var intended: String?

    var testDescription: String { "\(line): \(text)" }
    var outcome: String { intended ?? recorded }

    /// The words as a shell that knows single quotes would part them.
    var words: [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in text {
            switch character {
            case "'":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let finished = word { words.append(finished) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }

    /// Every case of the file.
    static let all: [CommandLineCase] = {
        var cases: [CommandLineCase] = []
        var command: (line: Int, text: String)?
        let file = (try? SourceTree.text(of: "Fixtures/rules/command-lines.txt")) ?? ""
        let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let text = String(line.dropFirst(2))
            switch line.first {
            case "$": command = (index + 1, text)
            case "=", "!", "o":
                guard let command else { continue }
                cases.append(CommandLineCase(line: command.line, text: command.text, recorded: String(line)))
            case "+": cases[cases.count - 1].intended = text
            default: continue
            }
        }
        return cases
    }()
}
