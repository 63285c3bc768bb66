import Configuration
import Dialogues
import Director
import DirectorBench
import IPVS
import Ldirectord
import Testing

struct MailTests {
    private let alert = MailAlert(recipients: ["a@example.com", "b@example.com"], repetition: .seconds(60))

    private func virtual(_ phases: MailAlert.Phases = .all) -> VirtualServer {
        Shop.virtual {
            $0.mail = alert
            $0.mail?.phases = phases
            $0.name = "Shop"
            $0.comment = "call Joe"
        }
    }

    @Test func aChangeIsToldByMail() {
        var bench = Shop.running(virtual())
        let text = "Quiescent real server: 10.2.0.1:8080 (10.0.0.1:80) (Weight set to 0)"
        #expect(
            bench.check(Shop.first, .down, of: virtual()).said.suffix(3) == [
                .log(text), .log("emailalert: \(text)"),
                .send(
                    Mail(
                        alert: alert,
                        subject: "[Shop] \(text)",
                        lines: [
                            "Log-Message: [Shop] \(text)", "Daemon-Status: running", "", "Service name: Shop",
                            "Comment: call Joe",
                        ]
                    )
                ),
            ]
        )
    }

    @Test(arguments: [
        (MailAlert.Phases.starting, [true, false, false, false]), (.running, [false, true, false, false]),
        (.reloading, [false, false, true, false]), (.stopping, [false, false, false, true]),
    ])
    func mailIsSentInItsPhasesOnly(phase: MailAlert.Phases, expected: [Bool]) {
        let virtual = virtual(phase)
        var bench = DirectorBench([virtual])
        var start = bench.start()
        for real in virtual.realServers { start += bench.check(real, .up, of: virtual) }
        let run = bench.check(Shop.first, .down, of: virtual)
        var changed = virtual
        changed.realServers[1].weight = 9
        let reload = bench.reload([changed])
        let stop = bench.stop()
        #expect([start, run, reload, stop].map { !$0.mails.isEmpty } == expected)
    }

    @Test func mailAboutAServerThatStaysDownIsRepeated() {
        let virtual = virtual()
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        #expect(bench.pass(.seconds(59)).mails == [])
        let text = "Inaccessible real server: 10.2.0.1:8080 (10.0.0.1:80)"
        let actions = bench.pass(.seconds(1))
        #expect(actions.lines == ["emailalert: \(text)"])
        #expect(actions.mails.map(\.subject) == ["[Shop] \(text)"])
        #expect(bench.pass(.seconds(60)).mails.count == 1)
        _ = bench.check(Shop.first, .up, of: virtual)
        #expect(bench.pass(.seconds(300)).mails == [])
    }

    /// No change of the table tells of it.
    @Test(arguments: [false, true])
    func aServerThatIsDownFromTheBeginningIsTold(isQuiescent: Bool) {
        var virtual = virtual()
        virtual.isQuiescent = isQuiescent
        var bench = DirectorBench([virtual])
        _ = bench.start()
        let actions = bench.check(Shop.first, .down, of: virtual)
        let subject = "[Shop] Inaccessible real server: 10.2.0.1:8080 (10.0.0.1:80)"
        #expect(actions.mails.map(\.subject) == [subject])
        #expect(bench.check(Shop.first, .down, of: virtual).mails == [])
        for real in virtual.realServers.dropFirst() { _ = bench.check(real, .up, of: virtual) }
        #expect(bench.pass(.seconds(60)).mails.map(\.subject) == [subject])
        _ = bench.check(Shop.first, .up, of: virtual)
        #expect(bench.pass(.seconds(300)).mails == [])
    }

    @Test func mailsThatAreHeldAreSummedUpInOne() {
        let one = LdirectordVoice().mail(inPlaceOf: HeldMails(alert: alert, subjects: ["Deleted x"], count: 1))
        #expect(one == Mail(alert: alert, subject: "Deleted x", lines: ["Log-Message: Deleted x"]))
        let many = LdirectordVoice().mail(inPlaceOf: HeldMails(alert: alert, subjects: ["a", "b"], count: 12))
        let subject = "and 12 more changes of servers"
        #expect(
            many == Mail(alert: alert, subject: subject, lines: ["Log-Message: a", "Log-Message: b", "and 10 more"])
        )
        #expect(LdirectordVoice().body(of: one, from: "lb") == ["ldirectord host: lb", "Log-Message: Deleted x"])
    }

    @Test func nothingIsRepeatedWhereThatIsNotWanted() {
        let virtual = Shop.virtual { $0.mail = MailAlert(recipients: ["a@example.com"]) }
        var bench = Shop.running(virtual)
        #expect(bench.check(Shop.first, .down, of: virtual).mails.count == 1)
        #expect(bench.pass(.seconds(300)).mails == [])
    }
}
