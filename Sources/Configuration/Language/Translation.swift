/// A configuration in another language than the one that it was read in, and what that one cannot say.
package struct Translation: Hashable, Sendable {
    /// A difference between what was read and what is written.
    package struct Difference: Hashable, Sendable {
        /// Whether something would be lost: then the text is not to be used.
        package let isLoss: Bool
        /// The line of the source that it is about, 0 for the whole file.
        package let line: Int
        /// What cannot be said.
        package let message: String

        /// Describes a difference.
        package init(isLoss: Bool, line: Int, message: String) {
            self.isLoss = isLoss
            self.line = line
            self.message = message
        }
    }

    /// The file.
    package let text: String
    /// The differences in the order of lines, each once.
    package let differences: [Difference]

    /// Makes a translation of a text and differences in any order.
    package init(text: String, differences: [Difference]) {
        self.text = text
        var known: Set<Difference> = []
        self.differences = differences.enumerated().sorted {
            ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
        }
        .map(\.element).filter { known.insert($0).inserted }
    }

    /// Whether nothing is lost.
    package var isComplete: Bool { !differences.contains(where: \.isLoss) }
}
