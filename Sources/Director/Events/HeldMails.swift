package import Configuration

/// The mails of one alert that were held, since there were too many to send each of them.
package struct HeldMails: Hashable, Sendable {
    /// To whom, and how.
    package let alert: MailAlert
    /// The subjects of the first of them, in order; at least one.
    package let subjects: [String]
    /// How many there are.
    package let count: Int

    /// Makes a value that stands for so many mails, of which these were the first.
    package init(alert: MailAlert, subjects: [String], count: Int) {
        self.alert = alert
        self.subjects = subjects
        self.count = count
    }
}
