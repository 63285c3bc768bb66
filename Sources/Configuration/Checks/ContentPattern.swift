/// A Perl regular expression that is searched for in what a server sends.
package struct ContentPattern: Hashable, Sendable {
    /// The expression as it is written; it was found valid when the file was read.
    package var source: String

    /// Makes a pattern of a valid expression.
    package init(_ source: String) {
        self.source = source
    }
}
