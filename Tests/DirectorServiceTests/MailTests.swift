import Dialogues
import Glibc
import HealthChecks
import System
import TestKit
import Testing
import Time

@testable import DirectorService

@Suite(.waits)
struct MailTests {
    @Test func aMailServerGetsOneMailForAllRecipients() throws {
        let sink = try MailSink()
        let stage = try Stage { _, environment, _ in
            environment.mailPort = sink.port
        }
        stage.folder.write(
            "test.cf",
            stage.text(
                globals: "emailalertfrom=lb@example.org\nsmtp=127.0.0.1",
                block: "emailalert=\"a@example.org, b@example.org\"\nemailalertstatus=running\nservicename=Shop"
            )
        )
        try stage.start()
        stage.servers[0].stop()
        try stage.turn("mail") {
            sink.serve()
            return sink.commands.last == "QUIT"
        }
        #expect(
            sink.commands.filter { $0.hasPrefix("RCPT") } == ["RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>"]
        )
        #expect(sink.commands.contains("MAIL FROM:<operator@director.example>"))
        let message = try #require(sink.messages.first)
        let subject = "Quiescent real server: 127.0.0.1:\(stage.servers[0].port) (127.0.0.1:80) (Weight set to 0)"
        #expect(message.contains("From: lb@example.org\r\n"))
        #expect(message.replacing("\r\n ", with: " ").contains("To: a@example.org, b@example.org\r\n"))
        #expect(message.contains("\r\n\r\nldirectord host: director.example\r\nLog-Message: "))
        #expect(message.contains("Daemon-Status: running\r\n") && message.contains("Service name: Shop\r\n"))
        #expect(message.hasPrefix("Date: ") && message.contains("\r\nMessage-ID: <"))
        try stage.turn("log") { stage.log.contains("emailalert: \(subject)") }
    }

    @Test func theProgramOfTheHostGetsTheMailWhereNoServerIsNamed() throws {
        let stage = try Stage { _, environment, folder in
            environment.mailPrograms = ["\(folder.path)/none", "\(folder.path)/sendmail"]
        }
        let folder = stage.folder
        folder.write(
            "sendmail",
            "#!/bin/sh\necho \"$*\" > \(folder.path)/words\ncat > \(folder.path)/draft\n"
                + "mv \(folder.path)/draft \(folder.path)/mail\n"
        )
        folder.write("test.cf", stage.text(block: "emailalert=\"a@example.org\"\nemailalertstatus=running"))
        try stage.start()
        stage.servers[0].stop()
        try stage.turn("mail") { folder.exists("mail") }
        #expect(folder.text("words") == "-i -f operator@director.example -- a@example.org\n")
        #expect(folder.text("mail").contains("\n\nldirectord host: director.example\nLog-Message: "))
    }

    @Test func aMailThatCannotBeSentCostsALineAndNoCheck() throws {
        let dead = try LoopbackServer()
        let port = dead.port
        dead.stop()
        let stage = try Stage { _, environment, _ in environment.mailPort = port }
        stage.folder.write(
            "test.cf",
            stage.text(globals: "smtp=127.0.0.1", block: "emailalert=\"a@example.org\"\nemailalertstatus=running")
        )
        try stage.start()
        stage.servers[0].stop()
        try stage.turn("said") {
            stage.log.contains("failed to send SMTP email message, to be tried again: L4 refused")
        }
        try stage.servers[0].start()
        try stage.turn("back") { stage.weight(0) == 5 }
        // What waits half a minute for another attempt does not keep the director from ending.
        try stage.stop()
    }
}
