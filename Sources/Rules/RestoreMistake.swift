/// What keeps a line from being a command, before anybody wants to be told: of a file of garbage most are only counted.
package struct RestoreMistake: Error, Sendable {
    /// Where in the line it is; nil for the whole of its command.
    let place: Range<Int>?
    let message: String
    /// Finds what should have stood there.
    let expected: @Sendable () -> String?

    init(at place: Range<Int>?, _ message: String, expected: @escaping @Sendable () -> String? = { nil }) {
        self.place = place
        self.message = message
        self.expected = expected
    }
}
