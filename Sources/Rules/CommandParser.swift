/// Reads the words of a command line of ipvsadm, or of a line of rules.
///
/// Of several errors it reports the one that ipvsadm reports, in its words.
package struct CommandParser {
    /// Where the words come from.
    package enum Context: Hashable, Sendable {
        case commandLine
        /// A line of a restore, where what concerns the whole program has no place.
        case restore
    }

    private let reader: ValueReader
    private let context: Context

    /// Makes a parser that looks names up in `names`.
    package init(names: any NameService, context: Context = .commandLine) {
        reader = ValueReader(names: names)
        self.context = context
    }

    /// Reads the words behind the program's name.
    ///
    /// - Throws: `UsageError` for words that are no command.
    package func parse(_ words: [String]) throws(UsageError) -> Invocation {
        // The original saves so what flags it has no names for.
        var scanner = OptionScanner(words, takesEmptyFlags: context == .restore)
        var process = ProcessOptions(context: context)
        guard let found = try first(of: &scanner, process: &process) else {
            // All there can be besides options of the process is the mark of their end.
            if let word = words.firstIndex(of: "--") { throw hint("a rule begins with a command", at: word) }
            return process.invocation(.list(Listing()))
        }
        guard case .command(let name) = found.meaning else {
            throw hint("a rule begins with a command", at: found.optionWord)
        }
        if context == .restore, [.restore, .help, .version].contains(name) {
            throw UsageError("the '\(name.rawValue)' command cannot be used inside a restore", word: found.optionWord)
        }
        if name == .help { return process.invocation(.help) }
        if name == .version { return process.invocation(.version) }
        var draft = try CommandDraft(name, found, reader)
        try scan(&scanner, words, into: &draft, process: &process)
        try finish(&draft, scanner, words)
        return process.invocation(try draft.command())
    }

    /// What should have stood in the place of words that are no command, for people; nil when nobody can tell.
    package static func advice(on words: [String], _ error: UsageError) -> String? {
        CommandAdvice(words: words, error: error).text
    }

    /// What the words say about the whole program, of words that need not be a command.
    package static func intentions(of words: [String]) -> (namespace: String?, explains: Bool) {
        var scanner = OptionScanner(words)
        var namespace: String?
        var explains = false
        while true {
            do throws(OptionScanner.Failure) {
                guard let found = try scanner.next() else { return (namespace, explains) }
                if found.meaning == .namespace, namespace == nil, found.value != "" { namespace = found.value }
                if found.meaning == .explain { explains = true }
            } catch {
                // A word that cannot be read decides nothing about the next one.
                continue
            }
        }
    }

    /// The first option that does not concern the process, which must be the command; nil when nothing at all is said.
    private func first(
        of scanner: inout OptionScanner,
        process: inout ProcessOptions
    ) throws(UsageError) -> OptionScanner.Found? {
        while true {
            let found: OptionScanner.Found?
            do {
                found = try scanner.next()
            } catch {
                throw hint(error.reason.rawValue, at: error.word)
            }
            guard let found else {
                guard let word = scanner.plainWords.first else { return nil }
                throw hint("a rule begins with a command", at: word)
            }
            guard try process.take(found) else { return found }
        }
    }

    /// Takes all other options from the left to the right.
    private func scan(
        _ scanner: inout OptionScanner,
        _ words: [String],
        into draft: inout CommandDraft,
        process: inout ProcessOptions
    ) throws(UsageError) {
        while true {
            let found: OptionScanner.Found?
            do {
                found = try scanner.next()
            } catch {
                let reason = error.reason.rawValue
                throw UsageError("\(words[error.word]): \(reason)", reason: reason, status: 255, word: error.word)
            }
            guard let found else { return }
            guard try !process.take(found) else { continue }
            if case .command = found.meaning {
                throw UsageError(
                    "invalid option `\(words[found.word])'",
                    reason: "a second command",
                    word: found.optionWord
                )
            }
            try draft.take(found)
        }
    }

    /// Gives the draft the plain words that it needs, and finds fault with all others.
    private func finish(
        _ draft: inout CommandDraft,
        _ scanner: OptionScanner,
        _ words: [String]
    ) throws(UsageError) {
        var plainWords = scanner.plainWords[...]
        if draft.name == .set {
            let places = plainWords.prefix(3)
            try draft.setTimeouts(places.map { (words[$0], $0) })
            plainWords = plainWords.dropFirst(3)
        }
        guard let word = plainWords.first else { return }
        throw UsageError("unexpected argument \(words[word])", reason: "unexpected argument", word: word)
    }

    private func hint(_ reason: String, at word: Int) -> UsageError {
        UsageError(
            nil,
            reason: reason,
            status: 255,
            word: word,
            expected: "a command such as -A, -E, -D, -a, -e, -d, -C or -Z"
        )
    }
}
