/// How one configuration language tells what a director does: its log lines, mails, records and commands.
///
/// The core decides what happens and when it is told; a voice decides with which words, to whom, and in which order.
package protocol Voice: Sendable {
    /// What is to be said and done about an event, in order; nothing where the language does not speak of it.
    func utterances(for event: DirectorEvent) -> [Utterance]

    /// The lines of the log about what happens to the process, in order.
    func lines(for event: DaemonEvent) -> [String]
}
