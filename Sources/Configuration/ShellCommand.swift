/// A command that stands in one text: words where nothing in them is for a shell, else a shell's, as Perl's `system` has it.
package enum ShellCommand: Hashable, Sendable {
    /// A program, as `execvp` takes it, and its arguments; none for a blank text.
    case words([String])
    /// What `/bin/sh -c` runs.
    case shell(String)

    /// Takes a text apart.
    package init(_ text: String) {
        let trimmed = text.drop(while: Self.isBlank)
        let body = trimmed.last == "\n" ? trimmed.dropLast() : trimmed
        let isForShell = body.unicodeScalars.contains(where: Self.shellCharacters.contains)
        let words = body.split(whereSeparator: Self.isBlank).map(String.init)
        if isForShell || words.first == "exec" || words.first.map(Self.isAssignment) == true {
            self = .shell(String(body))
        } else {
            self = .words(words)
        }
    }

    /// The program that is run first, where that is plain to see: a path, or a name that no shell has of its own.
    package var program: String? {
        switch self {
        case .words(let words): return words.first
        case .shell(let text):
            guard let word = text.split(whereSeparator: Self.isBlank).first, word.contains("/"),
                !word.unicodeScalars.contains(where: { Self.shellCharacters.contains($0) || $0 == "=" || $0 == "#" })
            else { return nil }
            return String(word)
        }
    }

    private static let shellCharacters = Set("$&*(){}[]'\";\\|?<>~`\n".unicodeScalars)

    private static func isBlank(_ character: Character) -> Bool {
        switch character {
        case " ", "\t", "\n", "\r", "\r\n", "\u{b}", "\u{c}": true
        default: false
        }
    }

    /// Whether a word begins with a name and `=`, which sets a variable.
    private static func isAssignment(_ word: String) -> Bool {
        let name = word.unicodeScalars.prefix {
            $0 == "_" || $0.isASCII && $0.properties.isAlphabetic || "0"..."9" ~= $0
        }
        return name.endIndex < word.endIndex && word[name.endIndex] == "="
    }
}
