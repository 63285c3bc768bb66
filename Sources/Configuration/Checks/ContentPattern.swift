/// A regular expression that is searched for in what a server sends.
package struct ContentPattern: Hashable, Sendable {
    /// What the signs of an expression mean.
    package enum Syntax: Hashable, Sendable {
        /// What they mean in Perl between slashes, without modifiers.
        case perl
        /// What they mean to PCRE2 with these options.
        case pcre2(Options)
    }

    /// The expression as it is written; it was found valid when the file was read.
    package var source: String
    /// What its signs mean.
    package var syntax: Syntax
    /// Whether a server fails where it is found, and passes where it is not.
    package var isNegated = false
    /// The first place in the text at which a match may begin, in bytes.
    package var minOffset = 0
    /// The last place in the text at which a match may begin, in bytes; nil for the end of it.
    package var maxOffset: Int?

    /// Makes a pattern of a valid expression.
    package init(_ source: String, syntax: Syntax = .perl) {
        self.source = source
        self.syntax = syntax
    }
}
