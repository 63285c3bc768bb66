package import Configuration

/// Reads a configuration and the files that it includes line by line into a tree.
///
/// Whenever a file is included whose contents are not known, reading pauses with questions; whoever has a disk answers
/// them, and reading goes on from there. It is a stack of what further lines come from, without recursion.
package struct SourceReader: Sendable {
    var findings = Findings()
    var builder = TreeBuilder()
    var variables: Variables
    var bounds: ReadingBounds
    /// What lines come from, the next one last.
    var frames: [ReadingFrame] = []
    /// What is asked for, where reading has paused.
    var request: IncludeRequest?
    /// The answers that were given, which hold for the whole reading.
    var answers: [FileQuestion: [FoundFile]] = [:]
    /// What a plain `include` demands: `include_check`, or `--all-config`.
    var demands: IncludeRequest.Demands
    /// The identity that conditions compare with.
    let configurationID: String
    /// Whether reading has ended because the configuration grew beyond its bounds.
    var isStopped = false

    /// A line with what was done to it already.
    struct PendingLine: Sendable {
        var line: SourceLine
        /// Whether its variables have been replaced, as in the rest of a line behind a brace.
        var isReplaced = false
        /// Whether a condition was before it, behind which there is no other.
        var hadCondition = false
    }

    /// Begins to read a file.
    ///
    /// - Parameters:
    ///   - bytes: the contents of the file, which may be anything.
    ///   - name: its path, as diagnostics are to call it; included files are looked for in its folder.
    ///   - bounds: how much it may grow.
    package init(
        _ bytes: [UInt8],
        name: String,
        context: ReadingContext,
        bounds: ReadingBounds = ReadingBounds()
    ) {
        self.bounds = bounds
        configurationID = context.configurationID
        variables = Variables(
            given: GivenVariables(configurationID: context.configurationID, environment: context.environment)
        )
        demands = context.demandsIncludes ? .all : []
        workingFolder = context.workingFolder
        begin(bytes, name: name, expansion: Place.none)
        read()
    }

    /// The absolute path that relative ones begin with.
    let workingFolder: String

    /// The files that reading waits for; empty when all is read.
    package var questions: [FileQuestion] {
        var asked: Set<FileQuestion> = []
        return (request?.questions ?? []).filter { answers[$0] == nil && asked.insert($0).inserted }
    }

    /// Goes on with answers; a question without one found nothing.
    package mutating func answer(_ answers: [FileQuestion: [FoundFile]]) {
        for question in questions { self.answers[question] = answers[question] ?? [] }
        if let request { include(request) }
        request = nil
        read()
    }

    /// What was read: all of it once there are no more questions.
    package var tree: SourceTree {
        var builder = builder
        var findings = findings
        builder.end(&findings)
        return SourceTree(statements: builder.statements, findings: findings)
    }

    /// Begins a file, from which the next lines come.
    mutating func begin(_ bytes: [UInt8], name: String, expansion: Int32) {
        let file = findings.sources.add(name: name, folder: name.folder, bytes: bytes)
        var frame = ReadingFrame.FileFrame(file: file, expansion: expansion)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            frame.offset = 3
            findings.warning(
                "a byte order mark at the beginning of the file, which is passed over",
                at: Place(file: file, line: 1, expansion: expansion),
                length: 3
            )
        }
        frames.append(.file(frame))
    }

    /// Reads until there are questions or the end.
    private mutating func read() {
        while request == nil, !isStopped, let line = nextLine() { read(line) }
    }

    /// Ends the reading of what has grown beyond all bounds.
    mutating func stop(_ message: String, at place: Place, length: Int) {
        guard !isStopped else { return }
        isStopped = true
        findings.error(message, at: place, length: length)
        frames = []
    }
}

// The lines, and what becomes of each.
extension SourceReader {
    /// The next line; nil at the end of the last file.
    private mutating func nextLine() -> PendingLine? {
        while let frame = frames.last {
            switch frame {
            case .file:
                guard let line = nextLineOfFile() else {
                    frames.removeLast()
                    continue
                }
                return PendingLine(line: line.withBackslash)
            case .lines(let lines, let next):
                guard next < lines.count else {
                    frames.removeLast()
                    continue
                }
                frames[frames.count - 1] = .lines(lines, next: next + 1)
                return PendingLine(line: lines[next])
            case .generator(var generator):
                guard let values = generator.next() else {
                    frames.removeLast()
                    continue
                }
                frames[frames.count - 1] = .generator(generator)
                for (name, value) in values {
                    variables.define(
                        name,
                        Variables.Definition(lines: [value], place: generator.place, length: name.utf8.count)
                    )
                }
                return PendingLine(line: generator.template)
            }
        }
        return nil
    }

    /// The next line of the file on top of the stack; nil at its end, and where no file is there.
    private mutating func nextLineOfFile() -> PhysicalLine? {
        guard case .file(var frame)? = frames.last else { return nil }
        let bytes = findings.sources.bytes(of: frame.file)
        guard frame.offset < bytes.endIndex else { return nil }
        let end = bytes[frame.offset...].firstIndex(of: 0x0a) ?? bytes.endIndex
        frame.line += 1
        if frame.line > 1 { findings.sources.beginLine(at: frame.offset, of: frame.file) }
        let mark: Int32 = frame.line == 1 && frame.offset > 0 ? 3 : 0
        let place = Place(file: frame.file, line: frame.line, column: 1 + mark, expansion: frame.expansion)
        let line = PhysicalLine(bytes[frame.offset..<end], at: place)
        frame.offset = end + 1
        frames[frames.count - 1] = .file(frame)
        if let nul = line.nul { findings.error("a byte 0, which no text has", at: nul) }
        return line
    }

    /// Reads a line: its condition, a definition, a sequence, an include, or statements and braces.
    private mutating func read(_ pending: consuming PendingLine) {
        while !pending.line.isEmpty {
            if !pending.hadCondition, pending.line.bytes.first == UInt8(ascii: "@") {
                guard let rest = lineOfCondition(pending.line) else { return }
                pending.line = rest
                pending.hadCondition = true
            } else if let definition = DefinitionHead(pending.line) {
                return define(definition, pending.line)
            } else if let head = GeneratorHead(pending.line) {
                return generate(head, pending.line)
            } else if !pending.isReplaced, pending.line.bytes.contains(UInt8(ascii: "$")) {
                // What comes of it is read from its beginning: it may be a definition, a sequence, an include.
                guard let line = replaceVariables(in: pending.line) else { return }
                pending.line = line
                pending.isReplaced = true
            } else if let keyword = includeKeyword(of: pending.line) {
                return include(pending.line, keyword)
            } else {
                pending = PendingLine(line: readTokens(pending.line), isReplaced: true)
            }
        }
    }

    /// Reads a statement and the brace behind it; gives what follows, which is read as a line of its own.
    private mutating func readTokens(_ line: SourceLine) -> SourceLine {
        let tokens = LineTokens(line, sources: findings.sources)
        if let quote = tokens.openQuote {
            findings.error(
                "a quote that is not closed in its line",
                at: line.place(at: quote.lowerBound),
                length: quote.count,
                expected: "\""
            )
        }
        if let statement = tokens.statement {
            guard bounds.addStatement() else {
                stop(
                    "more than \(bounds.mostStatements) words with values",
                    at: statement.keyword.place,
                    length: statement.keyword.length
                )
                return line[line.bytes.endIndex..<line.bytes.endIndex]
            }
            note(statement)
            builder.add(statement)
        }
        guard let brace = tokens.brace else { return line[line.bytes.endIndex..<line.bytes.endIndex] }
        let place = line.place(at: brace)
        if line.bytes[brace] == UInt8(ascii: "{") {
            builder.open(at: place, &findings)
        } else {
            builder.close(at: place, isFirst: tokens.statement == nil, &findings)
        }
        return line[brace + 1..<line.bytes.endIndex].trimmed
    }

    /// Takes note of what changes how the rest is read.
    private mutating func note(_ statement: Statement) {
        guard builder.isIn("global_defs") else { return }
        switch statement.keyword.text {
        case "include_check": demands = IncludeRequest.Demands(statement.values.map(\.text), changing: demands)
        case "random_seed":
            if let seed = statement.values.first.flatMap({ UInt64($0.text) }) { variables.seed(seed) }
        default: break
        }
    }

    /// The line behind a condition; nil where it does not hold.
    private func lineOfCondition(_ line: SourceLine) -> SourceLine? {
        let bytes = line.bytes
        let end = bytes.firstIndex(where: \.isBlank) ?? bytes.endIndex
        var id = bytes[(bytes.startIndex + 1)..<end]
        let isNegated = id.first == UInt8(ascii: "^")
        if isNegated { id = id.dropFirst() }
        let isOwn = !id.isEmpty && id.elementsEqual(configurationID.utf8)
        return isOwn != isNegated ? line[end..<bytes.endIndex].trimmed : nil
    }
}

// Definitions, sequences and lists.
extension SourceReader {
    private mutating func define(_ head: DefinitionHead, _ line: SourceLine) {
        var value = line[head.value].trimmed
        var lines: [SourceLine] = []
        while value.bytes.last == UInt8(ascii: "\\") {
            lines.append(value[value.bytes.startIndex..<value.bytes.endIndex - 1].trimmed)
            guard let next = continuation() else {
                value = value[value.bytes.endIndex..<value.bytes.endIndex]
                break
            }
            value = next
        }
        // Nothing behind the last backslash is no line.
        if !value.isEmpty || lines.isEmpty { lines.append(value) }
        variables.define(
            head.name,
            Variables.Definition(lines: lines, place: line.place(at: line.bytes.startIndex), length: head.length)
        )
    }

    /// The line after one that ends with a backslash, where the definition is written.
    private mutating func continuation() -> SourceLine? {
        switch frames.last {
        case .file?: return nextLineOfFile()?.withBackslash
        case .lines(let lines, let next)? where next < lines.count:
            frames[frames.count - 1] = .lines(lines, next: next + 1)
            return lines[next]
        case .lines?, .generator?, nil: return nil
        }
    }

    private mutating func generate(_ head: GeneratorHead, _ line: SourceLine) {
        let start = line.place(at: line.bytes.startIndex)
        do throws(Generator.Fault) {
            guard let arguments = head.arguments else {
                throw Generator.Fault(
                    message: "the bracket of \(head.word) is not closed in its line",
                    place: start,
                    length: head.word.utf8.count,
                    expected: ")"
                )
            }
            guard let text = replaceVariables(in: line[arguments].trimmed) else { return }
            let fault = Generator.Fault(message: "", place: start, length: head.word.utf8.count)
            let template = line[arguments.upperBound + 1..<line.bytes.endIndex].trimmed
            let values = text.isEmpty ? [] : text.separated
            let generator =
                head.isList
                ? try Generator(list: values, template: template, head: fault)
                : try Generator(numbers: values, isHexadecimal: head.isHexadecimal, template: template, head: fault)
            guard bounds.addLines(generator.count) else {
                return stop(
                    "\(head.word) would make the configuration longer than \(bounds.mostLines) lines",
                    at: start,
                    length: head.word.utf8.count
                )
            }
            frames.append(.generator(generator))
        } catch {
            findings.error(error.message, at: error.place, length: error.length, expected: error.expected)
        }
    }
}
