/// A configuration in another language than the one that it was read in, and what that one cannot say.
package struct Translation: Hashable, Sendable {
    /// A difference between what was read and what is written.
    package struct Difference: Hashable, Sendable {
        /// Whether something would be lost: then the text is not to be used.
        package let isLoss: Bool
        /// What of the source it is about; nil for the whole file.
        package let place: FilePlace?
        /// What cannot be said.
        package let message: String

        /// Describes a difference.
        package init(isLoss: Bool, place: FilePlace? = nil, message: String) {
            self.isLoss = isLoss
            self.place = place
            self.message = message
        }

        fileprivate func order(at offset: Int) -> (String, Int, Int) { (place?.file ?? "", place?.line ?? 0, offset) }
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
            $0.element.order(at: $0.offset) < $1.element.order(at: $1.offset)
        }
        .map(\.element).filter { known.insert($0).inserted }
    }

    /// Whether nothing is lost.
    package var isComplete: Bool { !differences.contains(where: \.isLoss) }
}
