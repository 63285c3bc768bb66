/// The people who are told of changes by mail, and when.
package struct MailAlert: Hashable, Sendable {
    /// The phases of a director that mails distinguish.
    package struct Phases: OptionSet, Hashable, Sendable {
        /// A bit for each, as the file adds them up.
        package let rawValue: UInt8

        /// Makes a set of those bits.
        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Before the first full round of verdicts.
        package static let starting = Phases(rawValue: 1)
        /// Neither of the others.
        package static let running = Phases(rawValue: 2)
        /// From the order to stop on.
        package static let stopping = Phases(rawValue: 4)
        /// From another configuration on until all of its servers have a verdict.
        package static let reloading = Phases(rawValue: 8)
        /// Whatever it is doing.
        package static let all: Phases = [.starting, .running, .stopping, .reloading]
    }

    /// The addresses; at least one.
    package var recipients: [String]
    /// The time after which mail about a server that is still down is sent again; nil for never.
    package var repetition: Duration?
    /// The phases in which mail is sent.
    package var phases: Phases
    /// The host of the mail server; nil stands for the local `sendmail`.
    package var mailServer: String?
    /// The port of the mail server.
    package var mailServerPort: UInt16 = 25
    /// Whether each of several checks of a server is told of, and not only what becomes of the server.
    package var tellsEachCheck = false
    /// The name that stands in brackets before each subject; nil for none.
    package var label: String?

    /// Makes an alert that is sent once for each change, by the local `sendmail`.
    package init(
        recipients: [String],
        repetition: Duration? = nil,
        phases: Phases = .all,
        mailServer: String? = nil
    ) {
        self.recipients = recipients
        self.repetition = repetition
        self.phases = phases
        self.mailServer = mailServer
    }
}
