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

    /// Reports every line that is no command.
    ///
    /// - Returns: how many there are.
    package func check(_ report: (Diagnostic) -> Void) -> Int {
        var count = 0
        for step in self {
            guard case .failure(let diagnostic) = step.command else { continue }
            count += 1
            report(diagnostic)
        }
        return count
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
    private func command(on line: RestoreLine) -> Result<Command, Diagnostic>? {
        if let change = PlainRule.change(on: line.bytes) { return .success(.change(change)) }
        guard line.bytes.count <= Self.longestLine else {
            return line.firstWord.map { place in
                .failure(
                    line.diagnostic(
                        file: input.name,
                        at: place,
                        message: "line too long",
                        expected: "at most \(Self.longestLine) bytes"
                    )
                )
            }
        }
        let places = line.words
        if places.isEmpty { return nil }
        var words: [String] = []
        words.reserveCapacity(places.count)
        for place in places {
            let bytes = line.bytes[place]
            if bytes.contains(0) {
                return .failure(line.diagnostic(file: input.name, at: place, message: "a NUL byte in a word"))
            }
            let word = String(decoding: bytes, as: UTF8.self)
            guard word.utf8.elementsEqual(bytes) else {
                return .failure(line.diagnostic(file: input.name, at: place, message: "a word that is not UTF-8"))
            }
            words.append(word)
        }
        do {
            return .success(try parser.parse(words).command)
        } catch {
            let place = error.word.flatMap { places.indices.contains($0) ? places[$0] : nil }
            return .failure(
                line.diagnostic(file: input.name, at: place, message: error.reason, expected: error.expected)
            )
        }
    }

    /// The most bytes of a line that holds a command; every valid command is far shorter.
    private static let longestLine = 65536
}
