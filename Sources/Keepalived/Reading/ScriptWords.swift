/// The words of a text in the reading that scripts and patterns have.
///
/// Quotes of both kinds group, and what touches is one word: `a"b c"'d'` is `ab cd`. Outside of single quotes a backslash
/// gives the characters a b E f n r t v of C, `\nnn` in octal, `\xHH`, the control character `\cX`, or the next character as
/// it is.
package struct ScriptWords: Sendable {
    /// The words.
    package private(set) var words: [Word] = []
    /// The bytes of each, which may be no UTF-8.
    package private(set) var bytes: [[UInt8]] = []
    /// What is wrong with the last one; nil where nothing is.
    package private(set) var fault: Fault?

    /// What keeps a text from being words.
    package struct Fault: Hashable, Sendable {
        /// What is wrong.
        package let message: String
        /// Where, and how many bytes.
        package let place: Place
        package let length: Int
        /// What should stand there.
        package let expected: String?
    }

    /// Reads the part of a line.
    init(_ text: RawText) {
        read(text.line.bytes[text.range], line: text.line)
    }

    /// Reads the text of a word again, as a command line is read: program and arguments are one word in the file.
    package init(_ bytes: [UInt8], of word: Word) {
        read(bytes[...], line: SourceLine(bytes[...], at: word.place, width: max(1, word.length)))
    }

    private mutating func read(_ bytes: ArraySlice<UInt8>, line: SourceLine) {
        var scanner = Scanner(bytes)
        while scanner.skipBlanks() {
            let start = scanner.index
            guard let word = scanner.word() else {
                let at = scanner.faultIndex
                fault = Fault(
                    message: scanner.message,
                    place: line.place(at: at),
                    length: bytes.endIndex - at,
                    expected: scanner.expected
                )
                return
            }
            let end = scanner.index
            // A word that is one quoted text is behind the quote, as it is in the other reading.
            let isOneQuote = bytes[start].isQuote && bytes[end - 1] == bytes[start] && end - start == word.count + 2
            let from = isOneQuote ? start + 1 : start
            self.bytes.append(word)
            words.append(
                Word(
                    text: String(decoding: word, as: UTF8.self),
                    isQuoted: bytes[start].isQuote,
                    place: line.place(at: min(from, max(bytes.startIndex, end - 1))),
                    length: max(1, isOneQuote ? word.count : end - start)
                )
            )
        }
    }
}

/// Reads words byte by byte.
private struct Scanner {
    private let bytes: ArraySlice<UInt8>
    /// The next byte.
    private(set) var index: Int
    private(set) var faultIndex = 0
    private(set) var message = ""
    private(set) var expected: String?

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    private mutating func next() -> UInt8? {
        guard index < bytes.endIndex else { return nil }
        index += 1
        return bytes[index - 1]
    }

    /// Goes to the next word; whether there is one.
    mutating func skipBlanks() -> Bool {
        while index < bytes.endIndex, bytes[index].isBlank { index += 1 }
        return index < bytes.endIndex
    }

    /// The next word; nil where something is wrong with it.
    mutating func word() -> [UInt8]? {
        var word: [UInt8] = []
        var quote: UInt8?
        var quoteIndex = index
        while let byte = next() {
            if quote == nil, byte.isBlank {
                index -= 1
                return word
            }
            if byte == quote {
                quote = nil
            } else if quote == nil, byte.isQuote {
                quote = byte
                quoteIndex = index - 1
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                faultIndex = index - 1
                guard let escaped = escape() else {
                    message = "a backslash with nothing that it is for"
                    return nil
                }
                word.append(escaped)
            } else {
                word.append(byte)
            }
        }
        guard let quote else { return word }
        faultIndex = quoteIndex
        message = "a quote that is not closed in its line"
        expected = String(UnicodeScalar(quote))
        return nil
    }

    /// What stands behind a backslash.
    private mutating func escape() -> UInt8? {
        guard let byte = next() else { return nil }
        switch byte {
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "E"): return 0x1b
        case UInt8(ascii: "f"): return 0x0c
        case UInt8(ascii: "n"): return 0x0a
        case UInt8(ascii: "r"): return 0x0d
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "v"): return 0x0b
        case UInt8(ascii: "c"): return next().map { $0 & 0x1f }
        case UInt8(ascii: "x"): return number(most: 2, radix: 16)
        case 0x30...0x37:
            index -= 1
            return number(most: 3, radix: 8)
        default: return byte
        }
    }

    private mutating func number(most: Int, radix: UInt) -> UInt8? {
        var value: UInt = 0
        var count = 0
        while count < most, index < bytes.endIndex, let digit = bytes[index].digitValue, digit < radix {
            value = value * radix + digit
            index += 1
            count += 1
        }
        return count > 0 ? UInt8(truncatingIfNeeded: value) : nil
    }
}

extension UInt8 {
    fileprivate var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
    fileprivate var digitValue: UInt? {
        switch self {
        case 0x30...0x39: UInt(self - 0x30)
        case 0x41...0x46: UInt(self - 0x41 + 10)
        case 0x61...0x66: UInt(self - 0x61 + 10)
        default: nil
        }
    }
}
