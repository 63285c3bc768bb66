/// Words that are no command.
package struct UsageError: Error, Hashable, Sendable {
    /// What ipvsadm prints on standard error, whole lines without the last newline; nil for the hint that points to
    /// `--help`.
    package let message: String?
    /// What is wrong, for those who are shown the word: `message` without what only repeats it.
    package let reason: String
    /// ipvsadm's exit status, 2 or 255.
    package let status: Int32
    /// The place of the offending word among the words given, when one is to blame.
    package let word: Int?
    /// What should have stood there, for people.
    package let expected: String?

    package init(
        _ message: String?,
        reason: String? = nil,
        status: Int32 = 2,
        word: Int? = nil,
        expected: String? = nil
    ) {
        self.message = message
        self.reason = reason ?? message ?? "not a command"
        self.status = status
        self.word = word
        self.expected = expected
    }
}
