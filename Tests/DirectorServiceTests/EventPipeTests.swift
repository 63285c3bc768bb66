import Configuration
import Director
import Glibc
import System
import TestKit
import Testing
import Time

@testable import DirectorService

/// Named pipes that get a line for each event.
@Suite(.waits)
struct EventPipeTests {
    private let folder: TemporaryFolder
    private let loop: EventLoop
    private let log: DaemonLog
    private let pipes: EventPipes
    private var path: String { "\(folder.path)/pipe" }

    init() throws {
        folder = try TemporaryFolder()
        loop = try EventLoop()
        log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.ldirectord.voice)
        pipes = EventPipes(on: loop, log: log)
    }

    private func turn(until condition: () -> Bool) throws {
        try loop.turn("nothing happens any more\n\(said)", until: condition)
    }

    private var said: String {
        log.settle()
        return folder.text("log")
    }

    /// A program that keeps the lines which it reads, and a word at the end of them.
    private func reader(_ name: String = "reader") -> NoticeProgram {
        let program = folder.write(
            name,
            "#!/bin/sh\nwhile read line; do echo \"$line\"; done < \"$1\" >> \(folder.path)/lines\necho end >> \(folder.path)/lines\n"
        )
        return NoticeProgram(.words([program]))
    }

    private func isPipe() -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    @Test func aReaderGetsAllLinesInOrderAndThenTheEnd() throws {
        pipes.change(to: [EventPipe(path: path, reader: reader())], refusesUnsafe: false)
        // Those that come before the pipe is open wait for it.
        for number in 1...200 { pipes.write("RS \(number) UP") }
        try turn { isPipe() }
        for number in 201...400 { pipes.write("RS \(number) UP") }
        pipes.close()
        try turn { pipes.isIdle }
        let expected = (1...400).map { "RS \($0) UP\n" }.joined() + "end\n"
        #expect(folder.text("lines") == expected)
        #expect(!folder.exists("pipe"))
        #expect(said == "")
    }

    @Test func aReaderThatDoesNotEndIsEndedAfterItsTime() throws {
        let program = folder.write(
            "reader",
            "#!/bin/sh\necho $$ > \(folder.path)/new\nmv \(folder.path)/new \(folder.path)/process\nsleep 600\n"
        )
        pipes.change(to: [EventPipe(path: path, reader: NoticeProgram(.words([program])))], refusesUnsafe: false)
        try turn { folder.exists("process") }
        let process = try #require(pid_t(folder.text("process").dropLast()))
        pipes.close()
        #expect(!pipes.isIdle)
        try turn { pipes.isIdle }
        #expect(kill(process, 0) != 0)
    }

    @Test func aReaderThatEndsIsStartedAgain() throws {
        let program = folder.write("reader", "#!/bin/sh\necho started >> \(folder.path)/starts\nexit 4\n")
        pipes.change(to: [EventPipe(path: path, reader: NoticeProgram(.words([program])))], refusesUnsafe: false)
        try turn { folder.text("starts") == "started\nstarted\n" }
        try turn { said.contains("ended: exit status 4; started again in 5 s") }
        #expect(
            said.contains("the program that reads the named pipe '\(path)' ended: exit status 4; started again in 1 s")
        )
        pipes.close()
        try turn { pipes.isIdle }
    }

    @Test func anOrdinaryFileIsLeftAlone() throws {
        folder.write("pipe", "precious\n")
        pipes.change(to: [EventPipe(path: path, reader: reader())], refusesUnsafe: false)
        pipes.write("RS UP")
        try turn { said.contains("named pipe '\(path)' cannot be used: it is no named pipe") }
        pipes.write("RS UP")
        pipes.close()
        try turn { pipes.isIdle }
        #expect(folder.text("pipe") == "precious\n")
        #expect(!folder.exists("lines"))
    }

    @Test func linesThatNobodyReadsAreLostAndCounted() throws {
        pipes.change(to: [EventPipe(path: path)], refusesUnsafe: false)
        pipes.write("open")
        try turn { isPipe() }
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        var room = [UInt8](repeating: 0, count: 1 << 20)
        try turn { read(reader, &room, room.count) > 0 }
        let line = String(repeating: "x", count: 999)
        for _ in 1...200 { pipes.write(line) }
        let kept = max(read(reader, &room, room.count), 0) / 1_000
        pipes.close()
        #expect((1...199).contains(kept))
        #expect(said.contains("\(200 - kept) lines for the named pipe '\(path)' were lost: nobody reads it"))
    }

    @Test func aPathThatStandsTwiceIsWrittenOnce() throws {
        let second = "\(folder.path)/second"
        try #require(mkfifo(path, 0o600) == 0 && mkfifo(second, 0o600) == 0)
        let ends = [path, second].map { (path: String) in open(path, O_RDONLY | O_NONBLOCK) }
        defer { for end in ends { close(end) } }
        pipes.change(to: [path, path, second].map { EventPipe(path: $0) }, refusesUnsafe: false)
        pipes.write("VS UP")
        var told = ["", ""]
        try turn {
            for (index, end) in ends.enumerated() {
                var room = [UInt8](repeating: 0, count: 100)
                let count = read(end, &room, room.count)
                told[index] += String(decoding: room.prefix(max(count, 0)), as: UTF8.self)
            }
            return !told.contains("")
        }
        #expect(told == ["VS UP\n", "VS UP\n"])
        pipes.close()
        // Those that were there stay.
        #expect(isPipe() && folder.exists("second"))
    }

    @Test func aPipeThatStaysGoesOnAndOneThatIsGoneIsLeft() throws {
        let pipe = EventPipe(path: path, reader: reader())
        pipes.change(to: [pipe], refusesUnsafe: false)
        pipes.write("one")
        try turn { folder.text("lines") == "one\n" }
        pipes.change(to: [pipe], refusesUnsafe: false)
        pipes.write("two")
        try turn { folder.text("lines") == "one\ntwo\n" }
        pipes.change(to: [], refusesUnsafe: false)
        try turn { pipes.isIdle }
        #expect(folder.text("lines") == "one\ntwo\nend\n" && !folder.exists("pipe"))
        // Another reader of the same path has a pipe of its own.
        pipes.change(to: [EventPipe(path: path, reader: reader("other"))], refusesUnsafe: false)
        pipes.change(to: [pipe], refusesUnsafe: false)
        pipes.write("three")
        try turn { folder.text("lines").hasSuffix("three\n") }
        pipes.end()
        try turn { pipes.isIdle }
        #expect(!folder.exists("pipe"))
    }
}
