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
    /// The number of the file among those that were read; the first is 0.
    package let fileNumber: Int
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
    /// Where the text was used or included, which may be written in another place; the innermost first.
    package let origins: [Origin]
    /// How many findings this stands for: 1, or those that were too many to be told.
    package let count: Int

    /// A place that has brought a text to where it counts.
    package struct Origin: Hashable, Sendable {
        /// The name of the file.
        package let file: String
        /// The number of the line; the first is 1.
        package let line: Int
        /// Where in the line; the first is 1.
        package let column: Int
        /// What is there: `included here`.
        package let text: String

        /// Names a place.
        package init(file: String, line: Int, column: Int, text: String) {
            self.file = file
            self.line = line
            self.column = column
            self.text = text
        }
    }

    /// The most characters of a text: it may quote what stands in the file.
    private static let longestText = 500

    /// Describes what is wrong with the bytes at `place` of a line; an empty place at the end points behind the line.
    ///
    /// The column is counted where it is not given.
    package init(
        _ severity: Severity = .error,
        file: String,
        fileNumber: Int = 0,
        line: Int,
        bytes: ArraySlice<UInt8>,
        place: Range<Int>,
        column: Int? = nil,
        message: String,
        expected: String? = nil,
        note: String? = nil,
        origins: [Origin] = []
    ) {
        self.severity = severity
        self.file = file
        self.fileNumber = fileNumber
        self.line = line
        self.column = column ?? LineExcerpt.characterCount(bytes[..<place.lowerBound]) + 1
        self.message = Self.fit(message)
        self.expected = expected.map(Self.fit)
        self.note = note.map(Self.fit)
        excerpt = LineExcerpt(of: bytes, at: place)
        self.origins = origins
        count = 1
    }

    /// One that stands for several, of which another is the first.
    private init(_ count: Int, from first: Diagnostic, message: String) {
        severity = first.severity
        file = first.file
        fileNumber = first.fileNumber
        line = first.line
        column = first.column
        self.message = message
        expected = nil
        note = nil
        excerpt = first.excerpt
        origins = first.origins
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
    /// Place and message in one line.
    package var headline: String {
        let kind = severity == .warning ? "warning: " : ""
        return "\(file):\(line):\(column): \(kind)\(message)" + (expected.map { "; expected \($0)" } ?? "")
    }

    /// The headline, the line of the file, a mark under the offending text, the note, and the places that the text
    /// came from, each on a line.
    package var description: String {
        let explanation = note.map { "\n    \($0)" } ?? ""
        let chain = origins.map { "\n\($0.file):\($0.line):\($0.column): \($0.text)" }.joined()
        return """
            \(headline)
                \(excerpt.text)
                \(excerpt.mark)\(explanation)\(chain)
            """
    }
}
