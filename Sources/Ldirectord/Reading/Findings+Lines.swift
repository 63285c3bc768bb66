// Messages about lines that are not as ldirectord wants them.

extension Findings {
    /// Tells of blanks before a line that wants others.
    ///
    /// - Parameters:
    ///   - isInBlock: whether ldirectord takes the line for one of a block.
    ///   - isOfBlock: whether it is one.
    mutating func noteIndentation(of line: SourceLine, isInBlock: Bool, isOfBlock: Bool) {
        let count = line.bytes.prefix(while: \.isBlank).count
        tolerate(
            isOfBlock
                ? "a line indented by \(count) \(count == 1 ? "blank" : "blanks")"
                : "an indented line that begins a virtual server or is for the whole file",
            at: Place(line: line, range: line.bytes.startIndex..<line.bytes.startIndex + count),
            expected: isOfBlock ? "four blanks or a tab" : "no blanks",
            ldirectordSays: DirectiveLine.unknownCommand(line, isInBlock: isInBlock)
        )
    }

    /// Tells of a line that opens a block in braces.
    mutating func noteBraces(in line: SourceLine, isInBlock: Bool) {
        error(
            "a block in braces, as files of keepalived and nginx have it",
            at: line.place,
            expected: "DIRECTIVE=VALUE",
            note: "ldirectord says: \(DirectiveLine.unknownCommand(line, isInBlock: isInBlock))"
        )
    }

    /// Tells of a line that is no directive.
    mutating func noteUnknown(_ line: SourceLine, isInBlock: Bool) {
        error(
            "Unknown command",
            at: line.place,
            expected: Self.expected(of: line) ?? "DIRECTIVE=VALUE",
            note: "ldirectord says: \(DirectiveLine.unknownCommand(line, isInBlock: isInBlock))"
        )
    }

    /// The line that was probably meant by one without a `=`, going by its first word.
    private static func expected(of line: SourceLine) -> String? {
        let word = line.bytes[line.place.range].prefix { $0.isOfPort }
        let name = String(decoding: word.prefix(64), as: UTF8.self)
        guard !name.isEmpty else { return nil }
        if let other = WordsOfOthers.directive(name) { return other }
        guard DirectiveNames.isOfBlock(name) || DirectiveNames.isOfFile(name) else { return nil }
        let rest = line.bytes[word.endIndex..<line.place.range.upperBound].drop {
            $0.isBlank || $0 == UInt8(ascii: ":")
        }
        return "\(name)=\(rest.isEmpty ? "VALUE" : Place(line: line, range: rest.indices.prefix(60)).text)"
    }

    /// Tells of a directive that is unknown where it stands.
    mutating func noteUnknown(_ directive: DirectiveLine) {
        let name = directive.name
        let says = "ldirectord says: \(directive.unknownCommand)"
        if directive.isInBlock, GlobalSection.table.contains(name) {
            error(
                "\(name) is for the whole file, not for a virtual server",
                at: directive.namePlace,
                expected: "\(name) at the beginning of a line",
                note: says
            )
        } else if !directive.isInBlock, DirectiveNames.isOfBlock(name) {
            error(
                "\(name) belongs to a virtual server",
                at: directive.namePlace,
                expected: "four blanks or a tab in front, in a block that begins with virtual= or virtual6=",
                note: says
            )
        } else {
            let isCompared = suggestionsLeft > 0
            suggestionsLeft = max(0, suggestionsLeft - 1)
            error(
                "unknown directive \(name)",
                at: directive.namePlace,
                expected: WordsOfOthers.directive(name)
                    ?? (isCompared ? DirectiveNames.nearest(to: name, isInBlock: directive.isInBlock) : nil),
                note: says
            )
        }
    }
}
