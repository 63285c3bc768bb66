/// Why an expression cannot be used.
package struct PatternError: Error, Hashable, Sendable {
    /// What is wrong with it, mostly in the words of PCRE2.
    package let message: String
    /// Where it is wrong: how many bytes of the expression come before.
    package let offset: Int
    /// Whether Perl may take it all the same.
    package var isUnsupported = false
}
