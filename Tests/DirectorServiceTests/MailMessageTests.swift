import Configuration
import Director
import Testing

@testable import DirectorService

struct MailMessageTests {
    private func message(_ mail: Mail, from sender: String? = nil) -> MailMessage {
        MailMessage(mail, from: sender, userName: "root", hostName: "lb.example", at: CalendarTime(), number: 7)
    }

    private func text(_ message: MailMessage) -> String { String(decoding: message.bytes, as: UTF8.self) }

    @Test func itHasAllHeadersAndTheBodyOfLdirectord() throws {
        let alert = MailAlert(recipients: ["a@example.org", "b@example.org"])
        let message = message(Mail(alert: alert, subject: "Deleted x", lines: ["Log-Message: Deleted x", "", "y"]))
        let parts = text(message).components("\r\n\r\n", atMost: 2)
        let header = parts[0].components("\r\n")
        #expect(header.contains("From: root@lb.example"))
        #expect(header.contains("To: a@example.org, b@example.org"))
        #expect(header.contains("Subject: Deleted x"))
        #expect(header.contains { $0.wholeMatch(of: /Message-ID: <[\w.]+@lb\.example>/) != nil })
        let date = /Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/
        #expect(header.contains { $0.wholeMatch(of: date) != nil })
        #expect(parts[1] == "ldirectord host: lb.example\r\nLog-Message: Deleted x\r\n\r\ny\r\n")
        #expect(message.envelopeSender == "root@lb.example")
    }

    @Test func theSenderOfTheFileIsUsed() {
        let mail = Mail(alert: MailAlert(recipients: ["a@b"]), subject: "s", lines: [])
        #expect(text(message(mail, from: "lb@example.org")).hasPrefix("From: lb@example.org\r\n"))
    }

    @Test func nothingInAMailCanBeginAnotherHeader() {
        let mail = Mail(alert: MailAlert(recipients: ["a@b\r\nBcc: c@d"]), subject: "s\nX: y", lines: ["l\r\n.\r\n"])
        let text = text(message(mail))
        #expect(!text.contains("\r\nBcc") && !text.contains("\r\nX: y") && !text.contains("\r\n.\r\n"))
    }

    @Test func aSubjectBeyondASCIIIsEncoded() {
        let mail = Mail(alert: MailAlert(recipients: ["a@b"]), subject: "[Läden] 1", lines: [])
        #expect(text(message(mail)).contains("Subject: =?utf-8?Q?=5BL=C3=A4den=5D_1?=\r\n"))
    }

    @Test(arguments: ["x", "ä", "€", "😀"])
    func longLinesAreBrokenBetweenCharacters(_ character: String) {
        let line = "." + String(repeating: character, count: 3000)
        let mail = Mail(alert: MailAlert(recipients: ["a@b"]), subject: "s", lines: [line])
        let body = text(message(mail)).components("\r\n\r\n", atMost: 2)[1]
        let lines = body.components("\r\n").dropFirst()
        #expect(lines.allSatisfy { $0.utf8.count <= 900 })
        #expect(lines.joined() == line)
    }
}

extension String {
    fileprivate func components(_ separator: String, atMost limit: Int = .max) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while parts.count < limit - 1, let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
