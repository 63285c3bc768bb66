/// A command of the configuration that is told of an event.
package struct Notice: Hashable, Sendable {
    /// The command as the configuration has it; a shell may be needed to read it.
    package let command: String
    /// The words that follow it.
    package let words: [String]
    /// Names what it is about: notices of one order run one after another, those of others beside them.
    package let order: String

    /// Makes a notice.
    package init(command: String, words: [String], order: String) {
        self.command = command
        self.words = words
        self.order = order
    }
}
