package import Configuration

/// Something that a voice wants said or done outside.
package enum Utterance: Hashable, Sendable {
    /// Write a line to the log.
    case log(String)
    /// Write a line about a check's result to a monitor file.
    case record(MonitorLine)
    /// Send a mail.
    case send(Mail)
    /// Run a command.
    case run(Notice)
    /// Write a line to each pipe of the configuration.
    case pipe(String)
    /// Run a program that is told of a state; `order` names what it is about: programs of one order run one after another,
    /// those of others beside them.
    case notify(NoticeProgram, order: String)
}
