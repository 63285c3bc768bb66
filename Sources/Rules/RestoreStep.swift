/// What a line of a restore asks for.
package struct RestoreStep: Sendable {
    package let line: RestoreLine
    /// The command, or what keeps the line from being one.
    package let command: Result<Command, RestoreMistake>

    init(line: RestoreLine, command: Result<Command, RestoreMistake>) {
        self.line = line
        self.command = command
    }
}
