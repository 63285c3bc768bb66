/// A line of a file without its comment and without the blanks at its ends.
struct PhysicalLine {
    /// What is left of it; a backslash at its end is not in it.
    let text: SourceLine
    /// Whether it ends with a backslash, which in definitions means that the next line belongs to it.
    let continues: Bool
    /// The place of a byte that no text has.
    private(set) var nul: Place?

    /// Reads the bytes of a line.
    ///
    /// A comment begins with `#` or `!` outside of double quotes. A backslash before one of them, outside of quotes, makes
    /// it an ordinary character; before any other character it is one itself, and that character has no meaning here. The
    /// backslash at the end of the line counts behind a comment, too.
    init(_ bytes: ArraySlice<UInt8>, at start: Place) {
        let first = bytes.firstIndex { !$0.isBlank } ?? bytes.endIndex
        // A byte 0 separates words, and is told of wherever it stands.
        var index = bytes[..<first].firstIndex(of: 0) ?? first
        var comment: Int?
        var escapes: [Int] = []
        var isQuoted = false
        var continues = false
        let end = bytes.last == 0x0d ? bytes.endIndex - 1 : bytes.endIndex
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "\"") where comment == nil: isQuoted.toggle()
            case UInt8(ascii: "#") where !isQuoted, UInt8(ascii: "!") where !isQuoted: comment = comment ?? index
            case UInt8(ascii: "\\"):
                if index + 1 == end {
                    continues = true
                } else {
                    let next = bytes[index + 1]
                    let isSign = next == UInt8(ascii: "#") || next == UInt8(ascii: "!")
                    if isSign, !isQuoted, comment == nil { escapes.append(index) }
                    index += 1
                }
            case 0 where nul == nil: nul = start.advanced(by: index - bytes.startIndex)
            default: break
            }
            index += 1
        }
        self.continues = continues
        let last = comment ?? (continues ? end - 1 : end)
        let line = SourceLine(bytes, at: start)
        let kept = min(first, last)..<last
        guard !escapes.isEmpty else {
            text = line[kept].trimmed
            return
        }
        var builder = LineBuilder(capacity: kept.count)
        var from = kept.lowerBound
        for escape in escapes {
            builder.append(line, from..<escape)
            from = escape + 1
        }
        builder.append(line, from..<last)
        text = builder.line(orAt: start).trimmed
    }

    /// The line where it is no definition: a backslash at its end belongs to the last word.
    var withBackslash: SourceLine {
        guard continues else { return text }
        var builder = LineBuilder(capacity: text.bytes.count + 1)
        builder.append(text, text.bytes.indices)
        let end = text.place(at: max(text.bytes.startIndex, text.bytes.endIndex - 1))
        builder.append([UInt8(ascii: "\\")], at: text.isEmpty ? end : end.advanced(by: 1))
        return builder.line(orAt: end)
    }
}
