/// Puts statements and braces together to a tree.
struct TreeBuilder: Sendable {
    private(set) var statements: [Statement] = []
    /// The blocks that are open, the outermost first.
    private var open: [OpenBlock] = []
    /// Whether a brace opens a block of the last statement.
    private var mayOpen = false
    /// How many blocks are open that are too deep to be kept.
    private var skippedDepth = 0
    /// The first closing brace that stands as one of an outer block would, with the block that it closes.
    private var doubtful: (brace: Place, inner: Statement, outer: Statement)?

    private struct OpenBlock: Sendable {
        /// What it belongs to; nil for a brace that belongs to nothing, whose block is not kept.
        var statement: Statement?
        let brace: Place
        /// The statements before it in the block around it.
        var outer: [Statement]
    }

    /// The most blocks within each other.
    static let deepest = 32

    /// Whether statements come into one block with that keyword, which is in no other.
    func isIn(_ keyword: String) -> Bool {
        open.count == 1 && skippedDepth == 0 && open[0].statement?.keyword.text == keyword
    }

    mutating func add(_ statement: Statement) {
        guard skippedDepth == 0 else { return }
        statements.append(statement)
        mayOpen = true
    }

    mutating func open(at place: Place, _ findings: inout Findings) {
        guard skippedDepth == 0, open.count < Self.deepest else {
            if skippedDepth == 0 {
                findings.error("blocks within each other deeper than \(Self.deepest)", at: place)
            }
            skippedDepth += 1
            return
        }
        let statement = mayOpen ? statements.popLast() : nil
        if statement == nil {
            findings.error("a block that belongs to nothing", at: place, expected: "a keyword before the brace")
        }
        open.append(OpenBlock(statement: statement, brace: place, outer: statements))
        statements = []
        mayOpen = false
    }

    /// Closes the last block; `isFirst` where nothing is before the brace in its line.
    mutating func close(at place: Place, isFirst: Bool, _ findings: inout Findings) {
        mayOpen = false
        guard skippedDepth == 0 else { return skippedDepth -= 1 }
        guard !open.isEmpty else {
            return findings.warning("a closing brace too many, which is passed over", at: place)
        }
        if isFirst { compareIndentation(of: place) }
        closeLast(at: place)
    }

    private mutating func closeLast(at place: Place?) {
        guard var block = open.popLast() else { return }
        let inner = statements
        // Two holders of the array would make a copy of it for each block.
        statements = block.outer
        block.outer = []
        if var statement = block.statement {
            statement.block = Statement.Block(openingBrace: block.brace, closingBrace: place, statements: inner)
            statements.append(statement)
        }
        mayOpen = false
    }

    /// Keeps in mind a brace that is indented as an outer block is, and less than the block that it closes.
    private mutating func compareIndentation(of brace: Place) {
        guard doubtful == nil, let inner = open.last?.statement,
            inner.keyword.place.file == brace.file, inner.keyword.place.column > brace.column,
            let outer = open.dropLast().last(where: { $0.statement?.keyword.place.column == brace.column })?.statement,
            outer.keyword.place.file == brace.file
        else { return }
        doubtful = (brace, inner, outer)
    }

    /// Closes what is open at the end of the file.
    mutating func end(_ findings: inout Findings) {
        if let outermost = open.first {
            let name = outermost.statement?.keyword.text ?? "nothing"
            let others = open.dropFirst().map { "\($0.statement?.keyword.text ?? "a block") in line \($0.brace.line)" }
            var notes = others.isEmpty ? [] : ["neither is that of " + others.joined(separator: ", of ")]
            if let doubtful {
                notes.append(
                    "the brace in line \(doubtful.brace.line) stands like one of \(doubtful.outer.keyword.text) in line "
                        + "\(doubtful.outer.keyword.place.line): one of \(doubtful.inner.keyword.text) in line "
                        + "\(doubtful.inner.keyword.place.line) may be missing before it"
                )
            }
            findings.error(
                "the block of \(name) is not closed at the end of the file",
                at: outermost.brace,
                expected: "}",
                note: notes.isEmpty ? nil : notes.joined(separator: "; ")
            )
        }
        while !open.isEmpty { closeLast(at: nil) }
        skippedDepth = 0
    }
}
