/// A word of a line, without the quotes around it.
package struct Word: Hashable, Sendable {
    /// What it says; bytes that are no UTF-8 are replaced.
    package let text: String
    /// Whether it stood in quotes.
    package let isQuoted: Bool
    /// Where it begins, behind an opening quote.
    ///
    /// What came out of a variable as a whole is at the place where that is written; what was put together from several
    /// texts is where they were put together.
    package let place: Place
    /// How many bytes it takes there, for a mark under it.
    package let length: Int

    package init(text: String, isQuoted: Bool, place: Place, length: Int) {
        self.text = text
        self.isQuoted = isQuoted
        self.place = place
        self.length = length
    }
}
