import Configuration
import Dialogues
import Director
import System

extension OutgoingMessage {
    /// The mail that an alert is, from the user of this process unless the file names a sender.
    ///
    /// Nil when no recipient is an address.
    ///
    /// - Parameters:
    ///   - body: The lines of its body.
    ///   - sender: The `From` of the file.
    ///   - number: What tells one mail of this process from another.
    init?(
        _ mail: Mail,
        body: [String],
        from sender: String?,
        userName: String,
        hostName: String,
        at time: CalendarTime,
        number: Int
    ) {
        let recipients = mail.alert.recipients.compactMap { MailAddress($0) }
        guard let local = MailAddress("\(userName)@\(hostName)") ?? MailAddress("root@localhost"), !recipients.isEmpty
        else { return nil }
        let named = sender.flatMap { MailAddress($0) }
        self.init(
            sender: named ?? local,
            // A mail in another program's name is from the same mailbox as that program's.
            returnPath: mail.mailer == nil ? local : named ?? local,
            recipients: recipients,
            subject: mail.subject,
            body: body.map { "\($0)\n" }.joined(),
            date: MailDate(seconds: time.seconds, offset: time.offset),
            // The random part tells the mail from those of other hosts of that name.
            messageID: "directrix.\(number).\(String(UInt64.random(in: .min ... .max), radix: 36))@\(hostName)"
        )
        mailer = mail.mailer
    }
}
