/// The words of a line up to its end or to a brace, and the block that belongs to them.
package struct Statement: Sendable {
    /// Its words, of which the first is the keyword; there is always one.
    package let words: [Word]
    /// What stands behind the keyword, as it is written: scripts and patterns read it in another way.
    package let rest: RawText
    /// Where a quote begins that closes only in the reading of scripts and patterns; nil for none.
    package let strayQuote: Place?
    /// What stands in braces behind the words; nil where there are none.
    package var block: Block?

    /// What stands in braces.
    package struct Block: Sendable {
        /// The place of `{`.
        package let openingBrace: Place
        /// The place of `}`; nil where the file ends before it, which is an error that has been noted.
        package let closingBrace: Place?
        /// The statements between them.
        package var statements: [Statement]
    }

    /// Makes a statement, if there are words.
    init?(words: [Word], rest: RawText, strayQuote: Place? = nil) {
        guard !words.isEmpty else { return nil }
        self.words = words
        self.rest = rest
        self.strayQuote = strayQuote
    }

    /// The first word, which says what the statement is.
    package var keyword: Word { words[0] }

    /// The words behind the keyword.
    package var values: ArraySlice<Word> { words.dropFirst() }
}
