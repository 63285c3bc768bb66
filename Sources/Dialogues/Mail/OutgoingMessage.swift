/// A mail to be sent: plain text from one to some.
///
/// Nothing that its texts are made of can add a header, end a line or reach a mailbox that is not named here.
package struct OutgoingMessage: Hashable, Sendable {
    /// The bytes of a body that are sent; a longer one is cut.
    package static let bodyLimit = 256 << 10

    /// Who it is from, as it shows.
    package var sender: MailAddress
    /// Where a mail server reports that it cannot deliver it.
    package var returnPath: MailAddress
    /// Who it is for; at least one.
    package var recipients: [MailAddress]
    /// The subject, any text.
    package var subject: String
    /// The text, in lines that end in `\n`.
    package var body: String
    /// When it was written.
    package var date: MailDate
    /// What no other mail has in the place, without angle brackets: `something@host`.
    package var messageID: String
    /// The program that it says it is from; nil for no word on that.
    package var mailer: String?

    /// Makes a mail.
    package init(
        sender: MailAddress,
        returnPath: MailAddress? = nil,
        recipients: [MailAddress],
        subject: String,
        body: String,
        date: MailDate,
        messageID: String
    ) {
        self.sender = sender
        self.returnPath = returnPath ?? sender
        self.recipients = recipients
        self.subject = subject
        self.body = body
        self.date = date
        self.messageID = messageID
    }

    /// The whole mail, header and body, in 7-bit lines of at most 998 bytes.
    ///
    /// - Parameter lineEnd: CR and LF for SMTP; LF for a program such as `sendmail`.
    package func bytes(lineEnd: [UInt8] = [0x0d, 0x0a]) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines { bytes += line + lineEnd }
        return bytes
    }

    /// The lines without their ends.
    var lines: [[UInt8]] {
        let text = bodyLines
        let isPlain = text.allSatisfy { line in
            line.count <= 998 && line.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x09 }
        }
        return headerLines(encoding: isPlain ? "7bit" : "quoted-printable") + [[]]
            + (isPlain ? text : text.flatMap { QuotedPrintable.lines($0) })
    }

    private func headerLines(encoding: String) -> [[UInt8]] {
        var fields = [
            ("Date", date.description),
            ("From", OutgoingMessage.shown(sender)),
            ("To", recipients.map(OutgoingMessage.shown).joined(separator: ",\r\n ")),
            ("Subject", HeaderText.unstructured(subject)),
            ("Message-ID", "<\(identifier)>"),
            ("Auto-Submitted", "auto-generated"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", encoding),
        ]
        if let mailer { fields.append(("X-Mailer", HeaderText.unstructured(mailer))) }
        return fields.flatMap { name, value in
            "\(name): \(value)".split(separator: "\r\n").map { Array($0.utf8) }
        }
    }

    private var bodyLines: [[UInt8]] {
        var bytes = Array(body.utf8.prefix(OutgoingMessage.bodyLimit))
        if bytes.last == 0x0a { bytes.removeLast() }
        return bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { line in
            line.last == 0x0d ? Array(line.dropLast()) : Array(line)
        }
    }

    private var identifier: String {
        let scalars = messageID.unicodeScalars.filter {
            (0x21...0x7e).contains($0.value) && !"<>()[]\\,;:\"".unicodeScalars.contains($0)
        }
        return String(String.UnicodeScalarView(scalars.prefix(200)))
    }

    private static func shown(_ address: MailAddress) -> String {
        address.name.map { "\(HeaderText.phrase($0)) <\(address.mailbox)>" } ?? address.mailbox
    }
}
