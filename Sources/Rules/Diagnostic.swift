/// What is wrong with a line of a file, and where.
package struct Diagnostic: Error, Hashable, Sendable {
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
    /// The line, or the part of a long one around the column.
    package let excerpt: LineExcerpt

    init(file: String, line: Int, column: Int, message: String, expected: String? = nil, excerpt: LineExcerpt) {
        self.file = file
        self.line = line
        self.column = column
        // A message may quote what stands in the file.
        self.message = LineExcerpt.visible(message)
        self.expected = expected
        self.excerpt = excerpt
    }
}

extension Diagnostic: CustomStringConvertible {
    /// Three lines: place and message, the line of the file, and a mark under the offending text.
    package var description: String {
        let expectation = expected.map { "; expected \($0)" } ?? ""
        return """
            \(file):\(line):\(column): \(message)\(expectation)
                \(excerpt.text)
                \(excerpt.mark)
            """
    }
}
