package import Diagnostics
package import IPVS

/// The commands of a file of rules, line by line.
///
/// Every pass over it reads the text anew, so that nothing is kept of its lines. A name of a host may be another
/// address in the next pass; a line can thus turn out bad after a pass in which it was good.
package struct RestoreScript {
    package let input: RestoreInput
    private let parser: CommandParser

    package init(_ input: RestoreInput, names: any NameService) {
        self.input = input
        parser = CommandParser(names: names, context: .restore)
    }

    /// Every line that is no command.
    package func check() -> DiagnosticList {
        var found = DiagnosticList()
        for step in self {
            guard case .failure(let mistake) = step.command else { continue }
            found.note(.error) { diagnostic(step.line, mistake) }
        }
        return found
    }

    /// Says what keeps a line from being a command.
    package func diagnostic(_ line: RestoreLine, _ mistake: RestoreMistake) -> Diagnostic {
        line.diagnostic(file: input.name, at: mistake.place, message: mistake.message, expected: mistake.expected())
    }

    /// Says what is wrong with the whole command of a line, such as the kernel's answer to it.
    package func diagnostic(_ line: RestoreLine, _ message: String, expected: String? = nil) -> Diagnostic {
        line.diagnostic(file: input.name, at: nil, message: message, expected: expected)
    }

    /// The lines that asked for changes, of several the last one, nil for a change that none asked for.
    package func lines(of changes: some Collection<Change>) -> [RestoreLine?] {
        var found = Dictionary(
            changes.map { (ChangeSubject($0), RestoreLine?.none) },
            uniquingKeysWith: { first, _ in first }
        )
        for step in self {
            guard case .success(.change(let change)) = step.command else { continue }
            let subject = ChangeSubject(change)
            if found.keys.contains(subject) { found[subject] = .some(step.line) }
        }
        return changes.map { found[ChangeSubject($0)] ?? nil }
    }
}

extension RestoreScript: Sequence {
    /// Goes from command to command.
    package struct Iterator: IteratorProtocol {
        private let script: RestoreScript
        private var lines: RestoreInput.Iterator

        init(_ script: RestoreScript) {
            self.script = script
            lines = script.input.makeIterator()
        }

        package mutating func next() -> RestoreStep? {
            while let line = lines.next() {
                if let command = script.command(on: line) { return RestoreStep(line: line, command: command) }
            }
            return nil
        }
    }

    package func makeIterator() -> Iterator {
        Iterator(self)
    }

    /// The command of a line; nil when the line is empty or a comment.
    private func command(on line: RestoreLine) -> Result<Command, RestoreMistake>? {
        if let change = PlainRule.change(on: line.bytes) { return .success(.change(change)) }
        guard line.bytes.count <= Self.longestLine else {
            return line.firstWord.map { place in
                .failure(RestoreMistake(at: place, "line too long") { "at most \(Self.longestLine) bytes" })
            }
        }
        let places = line.words
        if places.isEmpty { return nil }
        var words: [String] = []
        words.reserveCapacity(places.count)
        for place in places {
            let bytes = line.bytes[place]
            if bytes.contains(0) { return .failure(RestoreMistake(at: place, "a NUL byte in a word")) }
            let word = String(decoding: bytes, as: UTF8.self)
            guard word.utf8.elementsEqual(bytes) else {
                return .failure(RestoreMistake(at: place, "a word that is not UTF-8"))
            }
            words.append(word)
        }
        do {
            return .success(try parser.parse(words).command)
        } catch {
            let place = error.word.flatMap { places.indices.contains($0) ? places[$0] : nil }
            return .failure(
                RestoreMistake(at: place, error.reason) { [words] in CommandParser.advice(on: words, error) }
            )
        }
    }

    /// The most bytes of a line that holds a command; every valid command is far shorter.
    private static let longestLine = 65536
}
