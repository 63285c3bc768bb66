import Configuration
import Director
import HealthChecks
import System
import TestKit
import Testing
import Time

@testable import DirectorService

/// Thousands of servers that come and go cost a bounded number of lines and mails, and their sum is told.
@Suite(.waits)
struct StormTests {
    private static let zero = MonotonicTime(nanoseconds: 1_000_000_000)

    private static func mail(_ number: Int, to alert: MailAlert = MailAlert(recipients: ["a@example.com"])) -> Mail {
        Mail(alert: alert, subject: "Quiescent real server: 10.0.0.1:\(number)", lines: [])
    }

    @Test func anAllowanceGrowsAgain() {
        var allowance = Allowance(burst: 10, rate: 2)
        func admitted(after pause: Duration) -> Int {
            var count = 0
            for _ in 1...30 where allowance.admit(at: Self.zero + pause) { count += 1 }
            return count
        }
        #expect(admitted(after: .zero) == 10)
        #expect(admitted(after: .seconds(3)) == 6)
        #expect(admitted(after: .seconds(3600)) == 10)
    }

    @Test func tooManyMailsAreSummedUpInOneForEachAlert() {
        var storm = MailStorm()
        let others = MailAlert(recipients: ["b@example.com"], mailServer: "mail.example.com")
        var sent: [Mail] = []
        var sums: [HeldMails] = []
        // Five hundred servers that change every two seconds, ten minutes long.
        for second in 0..<600 {
            let now = Self.zero + .seconds(second)
            if let due = storm.due, due <= now { sums += storm.release() }
            for number in 0..<250 {
                let mail = Self.mail(
                    number,
                    to: number.isMultiple(of: 2) ? others : MailAlert(recipients: ["a@example.com"])
                )
                if storm.admit(mail, at: now) { sent.append(mail) }
            }
        }
        sums += storm.release()
        #expect(sent.count <= 200, "\(sent.count) mails one by one")
        #expect(sums.count <= 22, "\(sums.count) mails that sum up")
        let told = sums.map(\.count).reduce(0, +)
        #expect(told + sent.count == 600 * 250)
        #expect(sums.allSatisfy { $0.subjects.count == MailStorm.listed })
        #expect(Set(sums.map(\.alert)).count == 2)
        let isAdmitted = storm.admit(Self.mail(1), at: Self.zero + .seconds(7200))
        #expect(isAdmitted)
    }

    @Test func theAlertsThatAreSummedUpAreBounded() {
        var storm = MailStorm()
        for number in 0..<1000 {
            _ = storm.admit(Self.mail(1, to: MailAlert(recipients: ["\(number)@example.com"])), at: Self.zero)
        }
        #expect(storm.droppedCount == 800)
        let sums = storm.release()
        #expect(sums.count == 100)
        #expect(sums.allSatisfy { $0.subjects == ["Quiescent real server: 10.0.0.1:1"] && $0.count == 1 })
    }

    @Test func tooManyLinesAreSummedUpInOne() throws {
        let folder = try TemporaryFolder()
        let loop = try EventLoop()
        let log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.ldirectord.voice)
        let lines = StormLog(on: loop, log) { _ in ServerTally(count: 5000, upCount: 1234, changedCount: 4321) }
        for number in 1...50_000 { lines.write("Real server \(number) is down") }
        lines.sumUp()
        log.settle(within: .seconds(20))
        let written = folder.text("log").split(separator: "\n")
        // The rate counts from the first line on.
        #expect((1001...1100).contains(written.count))
        let last = try #require(written.last)
        #expect(last.contains("] and 4321 more servers changed, 1234 of 5000 are up now; "))
        #expect(last.hasSuffix(" s are left out"))
        lines.expect(servers: 5000)
        for number in 1...50_000 { lines.write("Real server \(number) is up") }
        log.settle(within: .seconds(20))
        #expect((21_000...22_500).contains(folder.text("log").split(separator: "\n").count))
    }
}
