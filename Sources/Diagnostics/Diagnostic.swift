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

    /// Describes what is wrong with the bytes at `place` of a line; an empty place at the end points behind the line.
    package init(
        _ severity: Severity = .error,
        file: String,
        line: Int,
        bytes: ArraySlice<UInt8>,
        place: Range<Int>,
        message: String,
        expected: String? = nil,
        note: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        column = LineExcerpt.characterCount(bytes[..<place.lowerBound]) + 1
        // These may quote what stands in the file.
        self.message = LineExcerpt.visible(message)
        self.expected = expected.map(LineExcerpt.visible)
        self.note = note.map(LineExcerpt.visible)
        excerpt = LineExcerpt(of: bytes, at: place)
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
