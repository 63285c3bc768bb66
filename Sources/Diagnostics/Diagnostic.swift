/// What is wrong with a line of a file, and where.
package struct Diagnostic: Error, Hashable, Sendable {
    /// How much it matters.
    package enum Severity: Hashable, Sendable {
        /// The file cannot be used.
        case error
        /// The file can be used; what it says may not be what was meant.
        case warning
    }

    /// How much it matters.
    package let severity: Severity
    /// The name of the file, as the reader knows it.
    package let file: String
    /// The number of the line; the first is 1.
    package let line: Int
    /// The character of the line that the trouble begins with; the first is 1.
    package let column: Int
    /// What is wrong.
    package let message: String
    /// What should have stood there.
    package let expected: String?
    /// What else helps, such as what the program says that the file was written for.
    package let note: String?
    /// The line, or the part of a long one around the column.
    package let excerpt: LineExcerpt
    /// How many findings this stands for: 1, or those that were too many to be told.
    package let count: Int

    /// The most characters of a text: it may quote what stands in the file.
    private static let longestText = 500

    /// Describes what is wrong with the bytes at `place` of a line; an empty place at the end points behind the line.
    ///
    /// The column is counted where it is not given.
    package init(
        _ severity: Severity = .error,
        file: String,
        line: Int,
        bytes: ArraySlice<UInt8>,
        place: Range<Int>,
        column: Int? = nil,
        message: String,
        expected: String? = nil,
        note: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column ?? LineExcerpt.characterCount(bytes[..<place.lowerBound]) + 1
        self.message = Self.fit(message)
        self.expected = expected.map(Self.fit)
        self.note = note.map(Self.fit)
        excerpt = LineExcerpt(of: bytes, at: place)
        count = 1
    }

    /// One that stands for several, of which another is the first.
    private init(_ count: Int, from first: Diagnostic, message: String) {
        severity = first.severity
        file = first.file
        line = first.line
        column = first.column
        self.message = message
        expected = nil
        note = nil
        excerpt = first.excerpt
        self.count = count
    }

    /// This place for so many findings that begin here.
    func standing(for count: Int, message: String) -> Diagnostic {
        Diagnostic(count, from: self, message: message)
    }

    /// A text that is bounded and visible.
    private static func fit(_ text: String) -> String {
        guard text.utf8.count > longestText else { return LineExcerpt.visible(text) }
        let start = text.unicodeScalars.prefix(longestText)
        return LineExcerpt.visible(String(start)) + (start.endIndex < text.endIndex ? "…" : "")
    }
}

extension Diagnostic: CustomStringConvertible {
    /// Place and message, the line of the file, a mark under the offending text, and the note, each on a line.
    package var description: String {
        let kind = severity == .warning ? "warning: " : ""
        let expectation = expected.map { "; expected \($0)" } ?? ""
        let explanation = note.map { "\n    \($0)" } ?? ""
        return """
            \(file):\(line):\(column): \(kind)\(message)\(expectation)
                \(excerpt.text)
                \(excerpt.mark)\(explanation)
            """
    }
}
