package import Configuration

/// A mail about a change, but for the sender and the date.
package struct Mail: Hashable, Sendable {
    /// To whom, and how.
    package let alert: MailAlert
    /// The subject, any text.
    package let subject: String
    /// The lines of the body, but for those that the voice has for the host.
    package let lines: [String]
    /// The program that it says it is from, `X-Mailer`; nil for none.
    package let mailer: String?

    /// Makes a mail.
    package init(alert: MailAlert, subject: String, lines: [String], mailer: String? = nil) {
        self.alert = alert
        self.subject = subject
        self.lines = lines
        self.mailer = mailer
    }
}
