/// Takes the beginning of a line apart: a statement, and the brace that it ends before.
///
/// Words are separated by blanks. A double quote begins a new word, which ends with the next one; a brace outside of double
/// quotes stands for itself, wherever it is.
struct LineTokens {
    /// The words; nil where the line begins with a brace.
    let statement: Statement?
    /// The index of the brace; nil where the line ends without one.
    let brace: Int?
    /// Where a quote begins that nothing closes, and the bytes from there on.
    let openQuote: Range<Int>?

    init(_ line: SourceLine, sources: SourceFiles) {
        let bytes = line.bytes
        var words: [Word] = []
        var index = bytes.startIndex
        var openQuote: Range<Int>?
        var rest: Int?
        var end = index
        func word(_ range: Range<Int>, isQuoted: Bool) -> Word {
            let (place, length) = line.extent(of: range, in: sources)
            return Word(
                text: String(decoding: bytes[range], as: UTF8.self),
                isQuoted: isQuoted,
                place: place,
                length: length
            )
        }
        while true {
            while index < bytes.endIndex, bytes[index].isBlank { index += 1 }
            guard index < bytes.endIndex, !bytes[index].isBrace else { break }
            if !words.isEmpty, rest == nil { rest = index }
            // Most have a value behind the keyword.
            if words.isEmpty { words.reserveCapacity(2) }
            let start = index
            if bytes[index] == UInt8(ascii: "\"") {
                let close = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\""))
                if close == nil { openQuote = start..<bytes.endIndex }
                words.append(word(start + 1..<(close ?? bytes.endIndex), isQuoted: true))
                index = close.map { $0 + 1 } ?? bytes.endIndex
            } else {
                while index < bytes.endIndex, !bytes[index].endsWord { index += 1 }
                words.append(word(start..<index, isQuoted: false))
            }
            end = index
        }
        brace = index < bytes.endIndex ? index : nil
        let raw = RawText(line: line, range: (rest ?? end)..<end)
        // Where a backslash hides a quote, the reading of scripts and patterns may still find all of them closed.
        let isStray = openQuote != nil && raw.scriptWords.fault == nil
        statement = Statement(
            words: words,
            rest: raw,
            strayQuote: isStray ? openQuote.map { line.place(at: $0.lowerBound) } : nil
        )
        self.openQuote = isStray ? nil : openQuote
    }
}

extension UInt8 {
    /// Whether a word without quotes ends before this.
    fileprivate var endsWord: Bool { isBlank || isBrace || self == UInt8(ascii: "\"") }
}
