import Configuration
import Glibc
import TestKit
import Testing

@testable import DirectorService
@testable import System

/// The file that says when the configuration is loaded again.
@Suite(.waits)
struct ReloadAlarmTests {
    /// 2026-11-30 12:00:00 in UTC.
    private static let noon = 1_796_040_000
    private static let day = 86_400

    @Test(
        arguments: [
            ("12:00:01Z", noon + 1), ("11:59:59Z", noon + day - 1), ("12:00:00Z", noon + day),
            ("00:00:00Z", noon + day / 2),
            ("26-12-01 12:00:00Z", noon + day), ("2026-12-01 12:00:00Z", noon + day), ("2026-11-30 12:00:00Z", nil),
            ("69-12-01 12:00:00Z", nil), ("2027-02-29 12:00:00Z", nil), ("2028-02-29 12:00:00Z", noon + 456 * day),
        ] as [(String, Int?)]
    )
    func theNextTimeIsFound(text: String, expected: Int?) throws {
        let time = try #require(ReloadTime(text))
        #expect(time.next(after: Self.noon) == expected)
        #expect(time.hasDate == (text.utf8.count > 9))
    }

    @Test func aTimeWithoutAZoneIsLocal() throws {
        var moment = time_t(Self.noon + 90)
        var parts = tm()
        localtime_r(&moment, &parts)
        var text = [CChar](repeating: 0, count: 40)
        strftime(&text, text.count, "%Y-%m-%d %H:%M:%S", &parts)
        let word = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        #expect(ReloadTime(word)?.next(after: Self.noon) == Self.noon + 90)
        #expect(ReloadTime(word.suffix(8))?.next(after: Self.noon) == Self.noon + 90)
    }

    @Test(arguments: [
        "", "Z", "12:00", "24:00:00", "12:60:00", "12:00:60", " 12:00:00", "12:00:00 ", "1:00:00",
        "2026-13-01 12:00:00",
        "2026-00-01 12:00:00", "2026-12-32 12:00:00", "2026-12-01T12:00:00", "2026-12-01  2:00:00", "12.00.00",
        "aa:bb:cc",
        "12:00:00z", "+2026-12-1 12:00:00",
    ])
    func whatIsNoTimeIsNone(text: String) {
        #expect(ReloadTime(text) == nil)
    }

    /// A file, a log, and a clock that a test sets.
    private final class Bench {
        let folder: TemporaryFolder
        let loop: EventLoop
        let log: DaemonLog
        var time = Duration.seconds(ReloadAlarmTests.noon)
        var count = 0

        init() throws {
            folder = try TemporaryFolder()
            loop = try EventLoop()
            log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.keepalived.voice)
        }

        func alarm(isDaily: Bool = false) -> ReloadAlarm {
            let schedule = ReloadSchedule(path: "\(folder.path)/at", isDaily: isDaily)
            return ReloadAlarm(on: loop, schedule, log, clock: { [unowned self] in time }) { [unowned self] in
                count += 1
            }
        }

        var said: String {
            log.settle()
            return folder.text("log")
        }
    }

    @Test func theTimeComesOnceAndTheFileGoes() throws {
        let bench = try Bench()
        let alarm = bench.alarm()
        bench.folder.write("at", "12:00:05Z\n")
        try bench.loop.turn { bench.said.contains("Scheduling reload for 12:00:05Z") }
        #expect(bench.count == 0)
        // The clock of the machine counts, and it is set, which nothing tells but the next look.
        bench.time = .seconds(Self.noon + 5)
        bench.folder.write("other", "")
        try bench.loop.turn { bench.count == 1 && !bench.folder.exists("at") }
        bench.folder.write("at", "2026-11-30 11:00:00Z\n")
        try bench.loop.turn { bench.said.contains("Reload time 2026-11-30 11:00:00Z is in the past - ignoring") }
        bench.folder.write("at", "noon\n")
        try bench.loop.turn { bench.said.contains("Invalid reload time 'noon' specified - ignoring") }
        bench.folder.write("at", "12:30:00Z")
        try bench.loop.turn { bench.said.contains("Scheduling reload for 12:30:00Z") }
        unlink("\(bench.folder.path)/at")
        try bench.loop.turn { bench.said.contains("Cancelling reload") }
        #expect(bench.count == 1)
        withExtendedLifetime(alarm) {}
    }

    @Test func aTimeOfEveryDayStays() throws {
        let bench = try Bench()
        bench.time = .seconds(Self.noon) - .milliseconds(50)
        bench.folder.write("at", "12:00:00Z\n")
        let alarm = bench.alarm(isDaily: true)
        try bench.loop.turn { bench.said.contains("Scheduling reload for 12:00:00Z") }
        bench.time = .seconds(Self.noon)
        try bench.loop.turn { bench.count == 1 }
        #expect(bench.folder.exists("at"))
        withExtendedLifetime(alarm) {}
    }

    @Test func aReloadComesOfIt() throws {
        let stage = try Stage.keepalived()
        let path = "\(stage.folder.path)/at"
        stage.folder.write("test.cf", stage.keepalivedText("global_defs { reload_time_file \(path)\n }"))
        try stage.start()
        var moment: time_t = 0
        try stage.turn("reload") {
            // Where the machine stands still, a time has passed before it is read, and another one is wanted.
            if time(nil) > moment {
                moment = time(nil) + 2
                var parts = tm()
                gmtime_r(&moment, &parts)
                var text = [CChar](repeating: 0, count: 40)
                strftime(&text, text.count, "%Y-%m-%d %H:%M:%SZ", &parts)
                let word = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                rename(stage.folder.write("new", word), path)
            }
            return stage.log.contains("Reload complete")
        }
        try stage.turn("removal") { !stage.folder.exists("at") }
    }
}
