// The variables of a line, and what they stand for.

extension SourceReader {
    /// A line with its variables replaced, and those in what they stand for.
    ///
    /// Further lines that a variable stands for come next; nil where the line cannot be read.
    mutating func replaceVariables(in line: SourceLine) -> SourceLine? {
        var line = line
        // Each round replaces what the round before brought.
        for _ in 0..<ReadingBounds.deepest {
            guard let replaced = replaceOnce(in: line) else { return isStopped ? nil : line }
            line = replaced
        }
        let (place, length) = line.extent(of: line.bytes.indices, in: findings.sources)
        findings.error(
            "variables within each other deeper than \(ReadingBounds.deepest)",
            at: place,
            length: length
        )
        return line
    }

    /// A line with its variables replaced, but not those in what they stand for; nil where none was replaced.
    private mutating func replaceOnce(in line: SourceLine) -> SourceLine? {
        let bytes = line.bytes
        var builder = LineBuilder(capacity: bytes.count)
        var copied = bytes.startIndex
        var index = bytes.startIndex
        var unknown: [(reference: VariableReference, isQuoted: Bool)] = []
        var isQuoted = false
        while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
            for byte in bytes[index..<dollar] where byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard let reference = VariableReference(at: dollar, in: bytes) else {
                index = dollar + 1
                if index < bytes.endIndex, bytes[index] == UInt8(ascii: "{") { noteBroken(line, dollar) }
                continue
            }
            index = reference.range.upperBound
            switch replacement(of: reference, in: line) {
            case .unknown: unknown.append((reference, isQuoted))
            case .kept: break
            case .text(let text):
                builder.append(line, copied..<dollar)
                let (place, length) = line.extent(of: reference.range, in: findings.sources)
                builder.append(Array(text.utf8), at: place, width: length)
                copied = index
            case .line(let value, let expansion):
                builder.append(line, copied..<dollar)
                builder.append(value, broughtBy: expansion)
                copied = index
            }
            guard !isStopped else { return nil }
        }
        guard copied > bytes.startIndex else {
            for (reference, isQuoted) in unknown { noteUnknown(reference, isQuoted: isQuoted, in: line) }
            return nil
        }
        builder.append(line, copied..<bytes.endIndex)
        guard bounds.addBytes(builder.count) else {
            stop(
                "variables would make the configuration larger than \(bounds.mostBytes) bytes",
                at: line.place(at: bytes.startIndex),
                length: 1
            )
            return nil
        }
        return builder.line(orAt: line.place(at: bytes.startIndex))
    }

    /// What is put in the place of a reference.
    private enum Replacement {
        case text(String)
        case line(SourceLine, expansion: Int32)
        /// There is no such variable.
        case unknown
        /// Something else is wrong, which was told; the reference stays.
        case kept
    }

    private mutating func replacement(of reference: VariableReference, in line: SourceLine) -> Replacement {
        guard let definition = variables.definition(of: reference.name) else {
            let folder = findings.sources.folder(of: line.place(at: reference.range.lowerBound).file)
            return variables.given(reference.name, reference.parameters, folder: absolute(folder)).map {
                Replacement.text($0)
            } ?? .unknown
        }
        let (place, length) = line.extent(of: reference.range, in: findings.sources)
        guard reference.parameters.isEmpty else {
            findings.error("a variable of the file takes no parameters", at: place, length: length)
            return .kept
        }
        guard !isCircular(reference.name, at: place) else { return .kept }
        let lines = definition.lines
        guard lines.count == 1 || reference.range.upperBound == line.bytes.endIndex else {
            findings.error(
                "\(reference.name) stands for several lines, which replace the end of a line only",
                at: place,
                length: length
            )
            return .kept
        }
        guard findings.sources.expansionCount < bounds.mostReplacements,
            bounds.addLines(UInt64(lines.count - 1)),
            lines.count == 1 || bounds.addBytes(lines.reduce(0) { $0 + $1.bytes.count })
        else {
            stop("variables would make the configuration too large", at: place, length: length)
            return .kept
        }
        let expansion = findings.sources.add(.variable(reference.name), at: place, length: length)
        if lines.count > 1 { frames.append(.lines(lines.dropFirst().map { $0.broughtBy(expansion) }, next: 0)) }
        return .line(lines[0], expansion: expansion)
    }

    /// Whether a variable is used in what it stands for itself, or all too deep in others; this is told.
    private mutating func isCircular(_ name: String, at place: Place) -> Bool {
        var outer = findings.sources.expansion(of: place)
        guard outer.map({ $0.depth < ReadingBounds.deepest * 2 }) ?? true else {
            if variables.noteCircle(name) {
                findings.error("variables within each other deeper than \(ReadingBounds.deepest)", at: place)
            }
            return true
        }
        while let expansion = outer {
            if expansion.cause == .variable(name), let definition = variables.definition(of: name) {
                if variables.noteCircle(name) {
                    findings.error(
                        "$\(name) is a variable of itself",
                        at: definition.place,
                        length: definition.length,
                        note: "keepalived never comes to an end with it"
                    )
                }
                return true
            }
            outer = findings.sources.expansion(of: expansion.place)
        }
        return false
    }

    private mutating func noteUnknown(_ reference: VariableReference, isQuoted: Bool, in line: SourceLine) {
        let bytes = line.bytes
        let range = reference.range
        let (place, length) = line.extent(of: range, in: findings.sources)
        if reference.isBraced {
            findings.error("there is no variable \(reference.name)", at: place, length: length)
            return
        }
        // A sign of currency in the middle of a word, or in quotes, is none of ours.
        let isWord =
            (range.lowerBound == bytes.startIndex || bytes[range.lowerBound - 1].isBlank)
            && (range.upperBound == bytes.endIndex || bytes[range.upperBound].isBlank)
        guard isWord, !isQuoted else { return }
        findings.error(
            "there is no variable \(reference.name)",
            at: place,
            length: length,
            expected: "\"$\(reference.name)\" where a word with a dollar sign is meant"
        )
    }

    private mutating func noteBroken(_ line: SourceLine, _ dollar: Int) {
        findings.error(
            "no name of a variable between the braces",
            at: line.place(at: dollar),
            length: 2,
            expected: "${NAME}"
        )
    }

    /// A folder with the working folder before it where it is relative.
    func absolute(_ folder: String) -> String {
        let path = folder.hasPrefix("/") ? folder : "\(workingFolder)/\(folder)"
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}
