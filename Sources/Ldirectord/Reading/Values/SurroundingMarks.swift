/// Quotation marks around a value that are not two plain ones, or not two.
enum SurroundingMarks {
    /// Neither end has one.
    case none
    /// Both ends have one, and what is between leaves no doubt that they belong together.
    case pair(text: Range<Int>, first: Mark, last: Mark)
    /// Only one end has a mark, or there are more marks between the ends.
    case stray(Mark)

    /// A quotation mark of any kind.
    struct Mark {
        /// Its bytes, with a backslash before it.
        let range: Range<Int>
        /// Another character than the plain mark.
        let stranger: StrangeCharacter?
        /// Whether a backslash stands before it.
        let isEscaped: Bool

        var isPlain: Bool { stranger == nil }
        /// Whether it is a quotation mark to ldirectord too.
        var isCertain: Bool { isPlain && !isEscaped }
        /// Whether it may be an apostrophe.
        var isSingle: Bool { stranger?.isSingle == true }
        /// Whether it is of ASCII, where a shell knows it.
        var isOfShell: Bool { stranger?.isPlain ?? true }

        /// The message about it, with the mark and its name.
        var complaint: String {
            if let stranger { return stranger.complaint }
            return isEscaped ? "\\\" is no quotation mark" : "a quotation mark that nothing closes"
        }

        /// What is wrong where there is no second mark to it, and what is expected; `isLast`: whether the text is before it.
        func fault(isLast: Bool) -> (message: String, expected: String) {
            switch (isCertain, isLast) {
            case (false, _): (complaint, "\"")
            case (true, false): (complaint, "a second quotation mark")
            case (true, true): ("a quotation mark that nothing opens", "a quotation mark before the text")
            }
        }

        /// Of two marks that are taken for quotation marks, the one that is none to ldirectord; the last where both are.
        static func doubtful(_ first: Mark, _ last: Mark) -> Mark { first.isCertain ? last : first }
    }

    /// Looks at the ends of a range, and for marks between.
    init(in bytes: ArraySlice<UInt8>, _ range: Range<Int>) {
        let first = Mark(at: range.lowerBound, in: bytes[range])
        let last = Mark(endingAt: range.upperBound, in: bytes[range])
        switch (first, last) {
        case (nil, nil): self = .none
        case (let first?, let last?) where first.range.upperBound <= last.range.lowerBound:
            let text = first.range.upperBound..<last.range.lowerBound
            let inner = bytes[text]
            self = Self.hasMarks(inner) ? .stray(first) : .pair(text: text, first: first, last: last)
        case (let mark?, _), (nil, let mark?): self = .stray(mark)
        }
    }

    /// Whether there is a mark that is no apostrophe within a word.
    static func hasMarks(_ bytes: ArraySlice<UInt8>) -> Bool {
        firstMark(in: bytes) != nil
    }

    /// The first mark that is no apostrophe within a word.
    static func firstMark(in bytes: ArraySlice<UInt8>) -> Mark? {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let isCandidate = byte >= 0x80 || byte == 0x22 || byte == 0x27 || byte == 0x60
            guard isCandidate, let mark = Mark(at: index, in: bytes) else {
                index += 1
                while byte >= 0x80, index < bytes.endIndex, bytes[index] & 0xc0 == 0x80 { index += 1 }
                continue
            }
            let end = mark.range.upperBound
            let isWithinWord =
                mark.isSingle && index > bytes.startIndex && end < bytes.endIndex
                && (bytes[index - 1].isLetterOrDigit || bytes[index - 1] >= 0x80)
                && (bytes[end].isLetterOrDigit || bytes[end] >= 0x80)
            guard isWithinWord else { return mark }
            index = end
        }
        return nil
    }
}

extension SurroundingMarks.Mark {
    /// The mark that begins at an index.
    init?(at index: Int, in bytes: ArraySlice<UInt8>) {
        guard index < bytes.endIndex else { return nil }
        let isEscaped =
            bytes[index] == UInt8(ascii: "\\") && index + 1 < bytes.endIndex && bytes[index + 1] == UInt8(ascii: "\"")
        let start = isEscaped ? index + 1 : index
        if bytes[start] == UInt8(ascii: "\"") {
            self.init(range: index..<start + 1, stranger: nil, isEscaped: isEscaped)
        } else {
            guard let found = StrangeCharacter(at: start, in: bytes), found.kind == .quotationMark else { return nil }
            self.init(range: found.range, stranger: found, isEscaped: false)
        }
    }

    /// The mark that ends before an index.
    init?(endingAt end: Int, in bytes: ArraySlice<UInt8>) {
        guard end > bytes.startIndex else { return nil }
        if bytes[end - 1] == UInt8(ascii: "\"") {
            let isEscaped = end - 2 >= bytes.startIndex && bytes[end - 2] == UInt8(ascii: "\\")
            self.init(range: (isEscaped ? end - 2 : end - 1)..<end, stranger: nil, isEscaped: isEscaped)
        } else {
            guard let found = StrangeCharacter(endingAt: end, in: bytes), found.kind == .quotationMark else {
                return nil
            }
            self.init(range: found.range, stranger: found, isEscaped: false)
        }
    }
}
