/// Puts statements and braces together to a tree.
struct TreeBuilder {
    private(set) var statements: [Statement] = []
    /// The blocks that are open, the outermost first.
    private var open: [OpenBlock] = []
    /// Whether a brace opens a block of the last statement.
    private var mayOpen = false
    /// How many blocks are open that are too deep to be kept.
    private var skippedDepth = 0

    private struct OpenBlock {
        /// What it belongs to; nil for a brace that belongs to nothing, whose block is not kept.
        var statement: Statement?
        let brace: Place
        /// The statements of the block around it.
        var outer: [Statement]
    }

    /// The most blocks within each other.
    static let deepest = 32

    mutating func add(_ token: LineTokens.Token, to findings: inout Findings) {
        switch token {
        case .statement(let statement):
            guard skippedDepth == 0 else { return }
            statements.append(statement)
            mayOpen = true
        case .open(let place): open(at: place, &findings)
        case .close(let place): close(at: place, &findings)
        case .openQuote(let place, let rest):
            findings.error("a quote that is not closed in its line", at: place, length: rest, expected: "\"")
        }
    }

    private mutating func open(at place: Place, _ findings: inout Findings) {
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

    private mutating func close(at place: Place, _ findings: inout Findings) {
        guard skippedDepth == 0 else { return skippedDepth -= 1 }
        guard !open.isEmpty else {
            findings.warning("a closing brace too many, which is passed over", at: place)
            return mayOpen = false
        }
        closeLast(at: place)
    }

    private mutating func closeLast(at place: Place?) {
        guard let block = open.popLast() else { return }
        let inner = statements
        statements = block.outer
        if var statement = block.statement {
            statement.block = Statement.Block(openingBrace: block.brace, closingBrace: place, statements: inner)
            statements.append(statement)
        }
        mayOpen = false
    }

    /// Closes what is open at the end of the file.
    mutating func end(_ findings: inout Findings) {
        if let outermost = open.first {
            let name = outermost.statement?.keyword.text ?? "nothing"
            let others = open.dropFirst().map { "\($0.statement?.keyword.text ?? "a block") in line \($0.brace.line)" }
            findings.error(
                "the block of \(name) is not closed at the end of the file",
                at: outermost.brace,
                expected: "}",
                note: others.isEmpty ? nil : "so are " + others.joined(separator: ", ")
            )
        }
        while !open.isEmpty { closeLast(at: nil) }
        skippedDepth = 0
    }
}
