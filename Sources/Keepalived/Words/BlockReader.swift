import Diagnostics

/// Reads the words of statements by the table: which are known where they stand, and what their values are.
struct BlockReader {
    /// What was found, and what reads the values behind a word.
    private var reader: ValueReader
    /// The blocks around the one that is being read, the outermost first.
    private var open: [CheckedBlock] = []
    /// How many unknown words may still be compared with the known ones, which takes time.
    private var suggestionsLeft = 100
    /// How many blocks have begun.
    private var blocks = 0

    init(findings: Findings) {
        reader = ValueReader(findings: findings)
    }

    /// What is wrong.
    private(set) var findings: Findings {
        get { reader.findings }
        _modify { yield &reader.findings }
    }

    /// Reads the statements of a block.
    mutating func read(_ statements: [Statement], into block: inout CheckedBlock) {
        if block.entries.isEmpty { block.reserve(statements.count) }
        if let line = WordTable.line(of: block.scope) {
            for statement in statements { readLine(statement, line, into: &block) }
            return
        }
        // What the block of the last entry has, where its brace is missing: what follows may belong to it.
        var orphan: Scope?
        for statement in statements {
            if let rule = WordTable.rule(statement.keyword.text, in: block.scope) {
                orphan = nil
                let (word, first) = block.note(rule, statement.keyword)
                if let first { noteRepetition(rule, statement.keyword, first) }
                if let entry = entry(of: statement, rule, in: block) {
                    block.append(entry, as: word)
                    if statement.block == nil { orphan = rule.block }
                } else {
                    block.fail(word)
                }
            } else if let orphan, takes(orphan, statement), var inner = block.takeLastBlock() {
                open.append(block)
                read([statement], into: &inner)
                open.removeLast()
                block.putLastBlock(inner)
            } else {
                noteUnknown(statement, in: block)
            }
        }
    }

    private func takes(_ scope: Scope, _ statement: Statement) -> Bool {
        WordTable.line(of: scope) != nil || WordTable.rule(statement.keyword.text, in: scope) != nil
    }

    /// Reads a line of a block that has values and no words.
    private mutating func readLine(_ statement: Statement, _ rule: WordRule, into block: inout CheckedBlock) {
        noteOpenQuote(of: statement, rule.values)
        if let inner = statement.block {
            noteBlock(statement, inner, in: block)
            return
        }
        let (word, _) = block.note(rule, statement.keyword)
        guard let values = reader.values(of: rule.values, behind: block.keyword, nil, statement.words[...]) else {
            block.fail(word)
            return
        }
        block.append(CheckedBlock.Entry(rule: rule, keyword: statement.keyword, values: values), as: word)
    }

    /// Reads a statement whose word is known; nil where it comes to nothing.
    private mutating func entry(
        of statement: Statement,
        _ rule: WordRule,
        in block: CheckedBlock
    ) -> CheckedBlock.Entry? {
        noteStanding(rule, statement.keyword)
        if case .idle = rule.standing { return nil }
        noteOpenQuote(of: statement, rule.values)
        let values = reader.values(of: rule.values, behind: statement.keyword, statement.rest, statement.values)
        var entry = CheckedBlock.Entry(
            rule: rule,
            keyword: statement.keyword,
            values: values ?? []
        )
        guard let scope = rule.block else {
            if let inner = statement.block {
                findings.error(
                    "\(rule.name) has no block",
                    at: inner.openingBrace,
                    note: "A closing brace may be missing before it."
                )
            }
            return values == nil ? nil : entry
        }
        blocks += 1
        var inner = CheckedBlock(scope: scope, keyword: statement.keyword, order: blocks, values: values ?? [])
        if let body = statement.block {
            open.append(block)
            read(body.statements, into: &inner)
            open.removeLast()
        } else {
            findings.error("the opening brace of \(rule.name) is missing", at: statement.keyword, expected: "{")
        }
        entry.block = inner
        return entry
    }
}

// What is said about words.
extension BlockReader {
    private mutating func noteStanding(_ rule: WordRule, _ keyword: Word) {
        switch rule.standing {
        case .current: break
        case .old(let instead):
            findings.warning("\(rule.name) is an old word", at: keyword, expected: instead)
        case .idle(let reason):
            findings.warning("\(rule.name) does nothing: \(reason)", at: keyword)
        }
    }

    private mutating func noteRepetition(_ rule: WordRule, _ keyword: Word, _ first: Int32) {
        guard rule.repetition != .adds else { return }
        findings.warning(
            "\(rule.name) is said twice, and the \(rule.repetition == .first ? "first" : "last") counts",
            at: keyword,
            note: "The first is in line \(first)."
        )
    }

    /// Tells of a quote that nothing closes but a reading that the words do not have.
    private mutating func noteOpenQuote(of statement: Statement, _ rule: ValueRule?) {
        guard let quote = statement.strayQuote, rule?.hasOtherQuotes != true else { return }
        findings.error("a quote that is not closed in its line", at: quote, expected: "\"")
    }

    private mutating func noteUnknown(_ statement: Statement, in block: CheckedBlock) {
        if let inner = statement.block { return noteBlock(statement, inner, in: block) }
        noteOpenQuote(of: statement, nil)
        let keyword = statement.keyword
        let (name, owners) = (keyword.text, WordTable.owners(of: keyword.text))
        let place = block.scope.name.map { "in \($0)" } ?? "outside of all blocks"
        if !owners.isEmpty {
            let blocks = owners.compactMap(\.name)
            findings.warning(
                "\(name) does nothing \(place)",
                at: keyword,
                note: blocks.isEmpty ? "It belongs outside of all blocks." : "It belongs in \(Self.listed(blocks))."
            )
        } else {
            let suggestion = suggestion(for: name, in: block.scope)
            findings.warning(
                "the word \(name) is not known \(place), and does nothing",
                at: keyword,
                expected: suggestion
            )
        }
    }

    /// Tells of a block that can not be where it stands, and reads it by itself if it is known elsewhere.
    private mutating func noteBlock(_ statement: Statement, _ inner: Statement.Block, in block: CheckedBlock) {
        let keyword = statement.keyword
        let name = keyword.text
        let place = block.scope.name.map { "in \($0)" } ?? "outside of all blocks"
        if let outer = open.last(where: { WordTable.rule(name, in: $0.scope)?.block != nil }) {
            findings.error(
                "the block \(name) cannot stand in \(block.scope.name ?? "the file")",
                at: keyword,
                note: "A closing brace is missing before it: the block of \(block.keyword.text) in line "
                    + "\(block.keyword.place.line) is still open"
                    + (outer.scope.name.map { ", and \(name) belongs in \($0)." } ?? ".")
            )
            readElsewhere(statement, inner, in: outer.scope)
        } else if let owner = WordTable.owners(of: name).first(where: { WordTable.rule(name, in: $0)?.block != nil }) {
            findings.error(
                "the block \(name) cannot stand \(place)",
                at: keyword,
                note: owner.name.map { "It belongs in \($0)." } ?? "It belongs outside of all blocks."
            )
            readElsewhere(statement, inner, in: owner)
        } else {
            let suggestion = suggestion(for: name, in: block.scope)
            findings.error("the block \(name) is not known \(place)", at: keyword, expected: suggestion)
        }
    }

    /// Reads a block in the wrong place for what is wrong within it.
    private mutating func readElsewhere(_ statement: Statement, _ inner: Statement.Block, in scope: Scope) {
        guard let own = WordTable.rule(statement.keyword.text, in: scope)?.block else { return }
        var block = CheckedBlock(scope: own, keyword: statement.keyword)
        read(inner.statements, into: &block)
    }

    private mutating func suggestion(for name: String, in scope: Scope) -> String? {
        guard suggestionsLeft > 0 else { return nil }
        suggestionsLeft -= 1
        return Suggestion.nearest(to: name, among: WordTable.names(in: scope))
    }

    /// Names with commas and `or` between.
    private static func listed(_ names: [String]) -> String {
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }
}
