import Configuration
import Director
import Glibc
import System
import TestKit
import Testing
import Time

@testable import DirectorService

/// Programs that are told of events.
@Suite(.waits)
struct NoticeTests {
    private let folder: TemporaryFolder
    private let loop: EventLoop
    private let log: DaemonLog
    private let queue: CommandQueue
    private let runner: NoticeRunner

    init() throws {
        folder = try TemporaryFolder()
        loop = try EventLoop()
        log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.ldirectord.voice)
        queue = CommandQueue(on: loop)
        runner = NoticeRunner(queue: queue, log: log)
    }

    /// Runs a shell's command that is told of something of that order.
    private func run(_ script: String, order: String, user: String? = nil) {
        runner.run(NoticeProgram(.shell(script), user: user), order: order)
    }

    private var lines: [String] { folder.text("lines").split(separator: "\n").map(String.init) }

    private var said: String {
        log.settle()
        return folder.text("log")
    }

    @Test func thoseOfOneOrderRunOneAfterTheOther() throws {
        for number in 1...5 {
            let file = "\(folder.path)/lines"
            run("echo begin \(number) >> \(file); sleep 0.01; echo end \(number) >> \(file)", order: "server")
        }
        try loop.turn { queue.isIdle }
        #expect(lines == (1...5).flatMap { ["begin \($0)", "end \($0)"] })
    }

    @Test func thoseOfOthersRunMeanwhile() throws {
        let gate = "\(folder.path)/gate"
        try #require(mkfifo(gate, 0o600) == 0)
        run("read line < \(gate); echo one >> \(folder.path)/lines", order: "one")
        run("echo two >> \(folder.path)/lines; echo open > \(gate)", order: "two")
        try loop.turn { queue.isIdle }
        #expect(lines == ["two", "one"])
    }

    @Test func thoseThatRunAtOnceAreBounded() throws {
        let gate = "\(folder.path)/gate"
        try #require(mkfifo(gate, 0o600) == 0)
        let count = CommandQueue.width + 20
        for number in 1...count {
            run("echo \(number) >> \(folder.path)/lines; read line < \(gate)", order: "\(number)")
        }
        try loop.turn { lines.count == CommandQueue.width }
        // Whoever opens the gate for writing lets those go that stand there.
        try loop.turn {
            close(open(gate, O_WRONLY | O_NONBLOCK))
            return queue.isIdle
        }
        #expect(Set(lines) == Set((1...count).map(String.init)))
    }

    @Test func whatTheySayIsInTheLog() throws {
        run("echo well", order: "a")
        run("echo bad >&2; exit 3", order: "b")
        try loop.turn { queue.isIdle }
        #expect(said.contains("system(echo well): well"))
        #expect(said.contains("system(echo bad >&2; exit 3) failed: exit status 3: bad"))
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
    func theyRunAsTheirUser() throws {
        run("id -u -n", order: "a", user: "nobody")
        run("true", order: "b", user: "no-such-user")
        try loop.turn { queue.isIdle }
        #expect(said.contains("system(id -u -n): nobody"))
        #expect(said.contains("system(true) failed: there is no user no-such-user"))
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"), arguments: [true, false])
    func whatOthersCanChangeIsNotRun(refusesUnsafe: Bool) throws {
        let program = folder.write("program", "#!/bin/sh\necho ran\n")
        chmod(program, 0o777)
        runner.refusesUnsafe = refusesUnsafe
        runner.run(NoticeProgram(.words([program])), order: "a")
        runner.run(NoticeProgram(.shell("\(program) || exit")), order: "b")
        try loop.turn { queue.isIdle }
        for text in [program, "\(program) || exit"] {
            #expect(said.contains("system(\(text)): ran") == !refusesUnsafe)
        }
        #expect(said.contains("root does not run it, since \(program) can be written by everybody") == refusesUnsafe)
    }

    /// Those that the configuration gave a time are ended after it; others are left to themselves.
    @Test(arguments: [true, false])
    func theEndOfTheirTimeEndsThem(endsAtStop: Bool) throws {
        let gate = "\(folder.path)/gate"
        try #require(mkfifo(gate, 0o600) == 0)
        run("trap '' TERM; echo here >> \(folder.path)/lines; read line < \(gate)", order: "a")
        run("echo never >> \(folder.path)/lines", order: "a")
        try loop.turn { lines == ["here"] }
        runner.endsAtStop = endsAtStop
        runner.end()
        if !endsAtStop { close(open(gate, O_WRONLY)) }
        try loop.turn { queue.isIdle }
        #expect(lines == (endsAtStop ? ["here"] : ["here", "never"]))
    }
}
