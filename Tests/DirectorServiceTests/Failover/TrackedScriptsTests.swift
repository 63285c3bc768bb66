import Configuration
import Director
import Glibc
import System
import TestKit
import Testing
import Time

@testable import DirectorService

/// Scripts that virtual routers track.
@Suite(.waits)
final class TrackedScriptsTests {
    private let folder: TemporaryFolder
    private let loop: EventLoop
    private var events: [ScriptEvent] = []
    private var verdicts: [Bool] = []

    private lazy var scripts = TrackedScripts(on: loop) { [unowned self] event in
        if case .script("s", let event) = event { events.append(event) }
    } onVerdict: { [unowned self] _, isPassing in
        verdicts.append(isPassing)
    }

    init() throws {
        folder = try TemporaryFolder()
        loop = try EventLoop()
    }

    private func script(_ text: String, interval: Duration = .milliseconds(20)) -> TrackedScript {
        TrackedScript("s", program: NoticeProgram(.shell(text)), interval: interval)
    }

    private func begin(_ script: TrackedScript, isGuarded: Bool = true) {
        scripts.change(to: [script], isGuarded: isGuarded)
    }

    private func settle() throws {
        scripts.end()
        try loop.turn { scripts.isIdle }
    }

    /// What came of runs, without those that a slow machine had not ended in time.
    private var results: [ScriptEvent] { events.filter { $0 != .overlaps } }

    private var lines: [String] { folder.text("lines").split(separator: "\n").map(String.init) }

    @Test func resultsAreToldWhenTheyAreNew() throws {
        let mark = folder.write("mark", "")
        begin(script("test -e \(mark)"))
        try loop.turn { verdicts == [true] }
        unlink(mark)
        try loop.turn { verdicts == [true, false] }
        folder.write("mark", "")
        try loop.turn { verdicts == [true, false, true] }
        #expect(results == [.succeeded, .returned(1), .failed(.exited(1)), .returned(0), .succeeded])
        try settle()
    }

    @Test func fallCountsFromTheFirstResultOn() throws {
        var wanted = script("echo x >> \(folder.path)/lines; test $(wc -l < \(folder.path)/lines) -lt 2")
        wanted.fall = 3
        begin(wanted)
        try loop.turn { verdicts == [true, false] }
        #expect(lines.count >= 4)
        try settle()
    }

    /// keepalived takes this for a success.
    @Test(arguments: ["/no/such/program", "no-such-program-of-any-path"])
    func whatCannotBeRunFails(program: String) throws {
        var wanted = script("", interval: .seconds(1))
        wanted.program = NoticeProgram(.words([program, "-0", "haproxy"]))
        begin(wanted)
        try loop.turn { verdicts == [false] }
        guard case .failed(.notRun(let reason))? = events.last else {
            Issue.record("\(events)")
            return
        }
        #expect(reason.contains("No such file or directory"))
        try settle()
    }

    @Test func aRunWhoseTimeIsOverEndsAndFails() throws {
        var wanted = script(
            "sleep 600 & echo $! > \(folder.path)/child; trap '' TERM; sleep 600",
            interval: .seconds(1)
        )
        wanted.timeout = .milliseconds(50)
        begin(wanted)
        try loop.turn { verdicts == [false] }
        #expect(events.contains(.failed(.timedOut)))
        // With all that it started.
        let child = try #require(Int32(folder.text("child").filter(\.isNumber)))
        try loop.turn { DaemonProcess(id: child) == nil }
        try settle()
    }

    @Test func noRunBeginsWhileAnotherGoesOn() throws {
        let gate = "\(folder.path)/gate"
        try #require(mkfifo(gate, 0o600) == 0)
        var wanted = script("echo begin >> \(folder.path)/lines; read line < \(gate); echo end >> \(folder.path)/lines")
        wanted.timeout = .seconds(60)
        begin(wanted)
        try loop.turn { events.contains(.overlaps) }
        try loop.turn(for: .milliseconds(100))
        #expect(lines == ["begin"])
        #expect(events.filter { $0 == .overlaps }.count == 1)
        try loop.turn {
            close(open(gate, O_WRONLY | O_NONBLOCK))
            return lines.count > 2
        }
        #expect(lines.prefix(3) == ["begin", "end", "begin"])
        try settle()
    }

    @Test func whatItSaysIsToldWithAChange() throws {
        let mark = "\(folder.path)/mark"
        begin(script("echo; echo no answer >&2; echo x >> \(folder.path)/lines; test -e \(mark)"))
        try loop.turn { lines.count > 5 }
        #expect(results == [.returned(1), .said("no answer"), .failed(.exited(1))])
        try settle()
    }

    @Test func itFindsNothingOfTheDirectorAroundIt() throws {
        begin(
            script("pwd > \(folder.path)/lines; umask >> \(folder.path)/lines; read x; echo $? >> \(folder.path)/lines")
        )
        try loop.turn { verdicts == [true] }
        #expect(lines == ["/", "0022", "1"])
        try settle()
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user and give files away"))
    func itRunsAsItsUserAndNotWhereOthersMayChangeIt() throws {
        var wanted = script("id -u -n; exit 1", interval: .seconds(60))
        wanted.program.user = "nobody"
        begin(wanted)
        try loop.turn { verdicts == [false] }
        #expect(events.contains(.said("nobody")))
        let program = folder.write("program", "#!/bin/sh\nexit 0\n")
        chmod(program, 0o777)
        for (isGuarded, expected) in [(true, false), (false, true)] {
            verdicts = []
            begin(
                TrackedScript("s", program: NoticeProgram(.words([program])), interval: .seconds(60)),
                isGuarded: isGuarded
            )
            try loop.turn { verdicts == [expected] }
        }
        try settle()
    }

    @Test func whatStaysGoesOnWithItsResults() throws {
        let wanted = script("echo x >> \(folder.path)/lines", interval: .seconds(60))
        begin(wanted)
        try loop.turn { verdicts == [true] }
        var other = wanted
        other.name = "other"
        scripts.change(to: [other, wanted], isGuarded: true)
        #expect(scripts.verdicts == ["s": true])
        try loop.turn { scripts.verdicts["other"] == true }
        #expect(lines.count == 2)
        // What is not wanted any more counts for nothing.
        scripts.change(to: [], isGuarded: true)
        #expect(scripts.verdicts.isEmpty)
        try settle()
    }

    /// Processes that start each other without end are all of one group, which ends with the run.
    @Test func processesWithoutEndAreEnded() throws {
        var wanted = script("spin() { sleep 0.01; spin & spin & wait; }; echo $$ > \(folder.path)/leader; spin")
        wanted.interval = .seconds(60)
        wanted.timeout = .milliseconds(60)
        begin(wanted)
        try loop.turn { verdicts == [false] }
        let leader = try #require(Int32(folder.text("leader").filter(\.isNumber)))
        try loop.turn { kill(-leader, 0) != 0 && errno == ESRCH }
        try settle()
    }
}
