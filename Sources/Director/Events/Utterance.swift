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
}
