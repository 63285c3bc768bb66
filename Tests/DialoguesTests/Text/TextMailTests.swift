import Addresses
import Configuration
import Dialogues
import Testing

struct TextMailTests {
    static func address(_ text: String) -> MailAddress {
        guard let address = MailAddress(text) else { preconditionFailure("\(text) is no address") }
        return address
    }

    static func message(
        subject: String = "down",
        body: String = "one\ntwo\n",
        sender: String = "root@lb1.example.com",
        recipients: [String] = ["ops@example.com"],
        messageID: String = "1.2@lb1.example.com"
    ) -> OutgoingMessage {
        OutgoingMessage(
            sender: address(sender),
            returnPath: address("root@lb1.example.com"),
            recipients: recipients.map(address),
            subject: subject,
            body: body,
            date: MailDate(seconds: 1_795_620_591, offset: 3600),
            messageID: messageID
        )
    }

    private func text(_ message: OutgoingMessage) -> String { String(decoding: message.bytes(), as: UTF8.self) }

    @Test
    func aWholeMail() {
        let mail = Self.message(sender: "Director <d@example.com>", recipients: ["a@x", "\"B, C\" <b@x>", "root"])
        let expected = """
            Date: Wed, 25 Nov 2026 16:29:51 +0100\r
            From: Director <d@example.com>\r
            To: a@x,\r
             "B, C" <b@x>,\r
             root\r
            Subject: down\r
            Message-ID: <1.2@lb1.example.com>\r
            Auto-Submitted: auto-generated\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: 7bit\r
            \r
            one\r
            two\r\n
            """
        #expect(text(mail) == expected)
        let unix = String(decoding: mail.bytes(lineEnd: [0x0a]), as: UTF8.self)
        #expect(Array(unix.utf8) == expected.utf8.filter { $0 != 0x0d })
    }

    @Test(arguments: [
        ("plain, with \"quotes\"", "plain, with \"quotes\""),
        ("a\r\nBcc: x@y\nz", "a  Bcc: x@y z"),
        ("Größe", "=?utf-8?B?R3LDtsOfZQ==?="),
        ("=?utf-8?q?x?=", "=?utf-8?B?PT91dGYtOD9xP3g/PQ==?="),
        ("", ""),
        (
            String(repeating: "ü", count: 30),
            "=?utf-8?B?\(String(repeating: "w7zDvMO8", count: 7))w7w=?=\r\n "
                + "=?utf-8?B?\(String(repeating: "w7zDvMO8", count: 2))w7zDvA==?="
        ),
    ])
    func subjects(subject: String, shown: String) {
        #expect(text(Self.message(subject: subject)).contains("\r\nSubject: \(shown)\r\nMessage-ID:"))
    }

    @Test
    func longSubjectsAreFolded() {
        let lines = text(Self.message(subject: String(repeating: "word ", count: 300))).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 86 })
        #expect(lines.contains { $0.hasPrefix("Subject: =?utf-8?B?") })
    }

    @Test
    func namesStayInTheirPlace() {
        let head = text(Self.message(sender: "Jürg\r\nX: y <a@b>", messageID: "a\r\n<b> c@d"))
        #expect(head.contains("\r\nFrom: =?utf-8?B?SsO8cmcgIFg6IHk=?= <a@b>\r\nTo:"))
        #expect(head.contains("\r\nMessage-ID: <abc@d>\r\n"))
        #expect(text(Self.message(sender: "a\"b\\c <a@b>")).contains("\r\nFrom: \"a\\\"b\\\\c\" <a@b>\r\n"))
    }

    @Test(
        arguments: [
            ("root", "root", nil), (" a@b ", "a@b", nil), ("<a@b>", "a@b", nil), ("A B <a@b>", "a@b", "A B"),
            ("\"A, B\" <a@b>", "a@b", "A, B"),
            ("a+b_c-d.e@f.g", "a+b_c-d.e@f.g", nil),
        ] as [(String, String, String?)]
    )
    func addresses(text: String, mailbox: String, name: String?) {
        let address = MailAddress(text)
        #expect(address?.mailbox == mailbox)
        #expect(address?.name == name)
    }

    @Test(arguments: [
        "", " ", "a b@c", "a@b> RCPT TO:<c@d", "a@b\r\nDATA", "a@b,c@d", "@b", "a@", "ü@b", "<>", "a<b>c", "x <a b>",
        String(repeating: "a", count: 255),
    ])
    func whatIsNoAddress(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test(
        arguments: [
            (0, 0, "Thu, 1 Jan 1970 00:00:00 +0000"), (951_782_400, 0, "Tue, 29 Feb 2000 00:00:00 +0000"),
            (951_868_800, -3600 * 5 - 1800, "Tue, 29 Feb 2000 18:30:00 -0530"),
            (1_709_251_199, 0, "Thu, 29 Feb 2024 23:59:59 +0000"),
            (1_735_689_600, 50_400, "Wed, 1 Jan 2025 14:00:00 +1400"), (-5, 0, "Thu, 1 Jan 1970 00:00:00 +0000"),
            (4_107_542_400, 0, "Mon, 1 Mar 2100 00:00:00 +0000"), (Int64.max, 0, "Fri, 31 Dec 9999 00:00:00 +0000"),
        ] as [(Int64, Int, String)]
    )
    func dates(seconds: Int64, offset: Int, shown: String) {
        #expect(MailDate(seconds: seconds, offset: offset).description == shown)
    }

    @Test(arguments: [
        ("ä = x\n", "=C3=A4 =3D x\r\n"), ("tab\t\u{1}\n", "tab\t=01\r\n"), ("ä \n", "=C3=A4=20\r\n"),
        ("a\r\nä", "a\r\n=C3=A4\r\n"),
        (String(repeating: "é", count: 13), "\(String(repeating: "=C3=A9", count: 12))=C3=\r\n=A9\r\n"),
        (String(repeating: "x", count: 999), "\(String(repeating: "x", count: 75))=\r\n"),
    ])
    func bodiesThatNeedEncoding(body: String, shown: String) {
        let mail = text(Self.message(body: body))
        let parts = mail.split(separator: "\r\n\r\n", maxSplits: 1)
        #expect(parts[0].contains("quoted-printable"))
        #expect(parts[1].hasPrefix(shown))
        #expect(parts[1].split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
    }

    @Test
    func bodiesHaveALimit() {
        let mail = Self.message(body: String(repeating: "x\n", count: 500_000))
        #expect(mail.bytes().count < OutgoingMessage.bodyLimit * 2)
    }
}
