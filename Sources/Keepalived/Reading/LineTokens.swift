/// Takes a line apart into statements and braces.
///
/// Words are separated by blanks. A quote begins a new word, which ends with the next quote; a brace outside of quotes
/// stands for itself, wherever it is.
struct LineTokens {
    enum Token {
        /// The words before a brace or the end of the line.
        case statement(Statement)
        case open(Place)
        case close(Place)
        /// A quote without another; its place, and how many bytes follow in the line.
        case openQuote(Place, rest: Int)
    }

    private let line: SourceLine
    private var index: Int
    /// The place of a quote that does not close, which comes after its statement.
    private var openQuote: Token?

    init(_ line: SourceLine) {
        self.line = line
        index = line.bytes.startIndex
    }

    /// The next one; nil at the end of the line.
    mutating func next(in sources: SourceFiles) -> Token? {
        if let quote = openQuote {
            openQuote = nil
            return quote
        }
        skipBlanks()
        guard index < line.bytes.endIndex else { return nil }
        switch line.bytes[index] {
        case UInt8(ascii: "{"):
            index += 1
            return .open(line.place(at: index - 1))
        case UInt8(ascii: "}"):
            index += 1
            return .close(line.place(at: index - 1))
        default: return statement(in: sources).map(Token.statement)
        }
    }

    private mutating func skipBlanks() {
        while index < line.bytes.endIndex, line.bytes[index].isBlank { index += 1 }
    }

    private mutating func statement(in sources: SourceFiles) -> Statement? {
        var words: [Word] = []
        var rest: Int?
        var end = index
        while index < line.bytes.endIndex, !line.bytes[index].isBrace {
            words.append(word(in: sources))
            end = index
            skipBlanks()
            rest = rest ?? min(index, line.bytes.endIndex)
        }
        let start = min(rest ?? end, end)
        return Statement(words: words, rest: RawText(line: line, range: start..<end))
    }

    private mutating func word(in sources: SourceFiles) -> Word {
        guard line.bytes[index] == UInt8(ascii: "\"") else {
            let start = index
            while index < line.bytes.endIndex, !line.bytes[index].endsWord { index += 1 }
            return word(start..<index, isQuoted: false, in: sources)
        }
        let start = index + 1
        guard let end = line.bytes[start...].firstIndex(of: UInt8(ascii: "\"")) else {
            openQuote = .openQuote(line.place(at: index), rest: line.bytes.endIndex - index)
            index = line.bytes.endIndex
            return word(start..<index, isQuoted: true, in: sources)
        }
        index = end + 1
        return word(start..<end, isQuoted: true, in: sources)
    }

    private func word(_ range: Range<Int>, isQuoted: Bool, in sources: SourceFiles) -> Word {
        let (place, length) = line.extent(of: range, in: sources)
        return Word(
            text: String(decoding: line.bytes[range], as: UTF8.self),
            isQuoted: isQuoted,
            place: place,
            length: length
        )
    }
}

extension UInt8 {
    /// Whether this separates words.
    var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
    var isBrace: Bool { self == UInt8(ascii: "{") || self == UInt8(ascii: "}") }
    /// Whether a word without quotes ends before this.
    fileprivate var endsWord: Bool { isBlank || isBrace || self == UInt8(ascii: "\"") }
}
