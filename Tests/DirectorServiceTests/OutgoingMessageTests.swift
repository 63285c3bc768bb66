import Configuration
import Dialogues
import Director
import Testing

@testable import DirectorService
@testable import System

struct OutgoingMessageTests {
    private func message(_ mail: Mail, from sender: String? = nil) -> OutgoingMessage? {
        OutgoingMessage(
            mail,
            body: Language.ldirectord.voice.body(of: mail, from: "lb.example"),
            from: sender,
            userName: "root",
            hostName: "lb.example",
            at: CalendarTime(),
            number: 7
        )
    }

    @Test func anAlertHasTheBodyOfLdirectord() throws {
        let alert = MailAlert(recipients: ["a@example.org", "no address", "b@example.org"])
        let found = message(Mail(alert: alert, subject: "Deleted x", lines: ["Log-Message: Deleted x", "", "y"]))
        let message = try #require(found)
        #expect(message.body == "ldirectord host: lb.example\nLog-Message: Deleted x\n\ny\n")
        #expect(message.recipients.map(\.mailbox) == ["a@example.org", "b@example.org"])
        #expect(message.sender.mailbox == "root@lb.example" && message.returnPath.mailbox == "root@lb.example")
        #expect(message.messageID.wholeMatch(of: /directrix\.7\.\w+@lb\.example/) != nil)
    }

    @Test func theSenderOfTheFileIsUsedAndRefusalsComeBackHere() throws {
        let mail = Mail(alert: MailAlert(recipients: ["a@b"]), subject: "s", lines: [])
        let found = message(mail, from: "Balancer <lb@example.org>")
        let message = try #require(found)
        #expect(message.sender.mailbox == "lb@example.org" && message.returnPath.mailbox == "root@lb.example")
    }

    @Test func withoutAnAddressThereIsNoMail() {
        #expect(message(Mail(alert: MailAlert(recipients: ["no address"]), subject: "s", lines: [])) == nil)
    }
}
