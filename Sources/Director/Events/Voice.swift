/// How one configuration language tells what a director does: its log lines, mails, records and commands.
///
/// The core decides what happens and when it is told; a voice decides with which words, to whom, and in which order.
package protocol Voice: Sendable {
    /// What is to be said and done about an event, in order; nothing where the language does not speak of it.
    func utterances(for event: DirectorEvent) -> [Utterance]

    /// The lines of the log about what all services share, in order; of its own where a language has no other words.
    func lines(for event: SettingEvent) -> [String]

    /// The lines of the log about what happens to the process, in order.
    func lines(for event: DaemonEvent) -> [String]

    /// The one mail that goes out in the place of several.
    func mail(inPlaceOf held: HeldMails) -> Mail

    /// The lines of the body of a mail, as the host of that name sends it.
    func body(of mail: Mail, from host: String) -> [String]
}
