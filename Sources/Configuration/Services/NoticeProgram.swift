/// A program that is run to tell of an event, and as whom.
package struct NoticeProgram: Hashable, Sendable {
    /// The program with its arguments, or what a shell runs.
    package var command: ShellCommand
    /// The user that it is run as; nil for the one of this process.
    package var user: String?
    /// The group that it is run as; nil for the user's.
    package var group: String?

    /// Makes a program that is run as the user of this process, unless told otherwise.
    package init(_ command: ShellCommand, user: String? = nil, group: String? = nil) {
        self.command = command
        self.user = user
        self.group = group
    }
}
