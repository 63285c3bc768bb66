/// A configuration in another language than the one that it was read in, and what that one cannot say.
package struct Translation: Hashable, Sendable {
    /// A difference between what was read and what is written.
    package struct Difference: Hashable, Sendable {
        /// Whether something would be lost: then the text is not to be used.
        package let isLoss: Bool
        /// The file that it is about; nil for the main one.
        package let file: String?
        /// The line of the source that it is about, 0 for the whole file.
        package let line: Int
        /// What cannot be said.
        package let message: String

        /// Describes a difference.
        package init(isLoss: Bool, file: String? = nil, line: Int, message: String) {
            self.isLoss = isLoss
            self.file = file
            self.line = line
            self.message = message
        }
    }

    /// The file.
    package let text: String
    /// The differences in the order of files and lines, the main file first, each once.
    package let differences: [Difference]

    /// Makes a translation of a text and differences in any order.
    package init(text: String, differences: [Difference]) {
        self.text = text
        var known: Set<Difference> = []
        self.differences = differences.enumerated().sorted {
            ($0.element.file ?? "", $0.element.line, $0.offset) < ($1.element.file ?? "", $1.element.line, $1.offset)
        }
        .map(\.element).filter { known.insert($0).inserted }
    }

    /// Whether nothing is lost.
    package var isComplete: Bool { !differences.contains(where: \.isLoss) }
}
