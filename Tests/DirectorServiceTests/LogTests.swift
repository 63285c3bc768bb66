import Glibc
import TestKit
import Testing

@testable import DirectorService
@testable import System

@Suite(.waits)
struct LogTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func aFullDiskCostsLinesAndIsToldLater() throws {
        symlink("/dev/full", "\(folder.path)/log")
        let log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.ldirectord.voice)
        log.write("one")
        log.write("two")
        #expect(log.settle() != nil)
        log.write("three")
        #expect(log.settle() != nil)
        unlink("\(folder.path)/log")
        log.write("four")
        #expect(log.settle() == nil)
        let lines = folder.text("log").split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasSuffix("] 3 log lines were lost: No space left on device") == true)
        #expect(lines.last?.hasSuffix("] four") == true)
        log.write("five")
        #expect(log.settle() == nil)
        #expect(folder.text("log").split(separator: "\n").count == 3)
    }

    @Test func aRotatedFileIsMadeAnew() throws {
        let log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.ldirectord.voice)
        log.write("one")
        log.settle()
        rename("\(folder.path)/log", "\(folder.path)/log.1")
        log.write("two")
        log.settle()
        #expect(folder.text("log").hasSuffix("] two\n"))
        #expect(folder.text("log.1").hasSuffix("] one\n"))
    }

    @Test func aPipeThatNobodyReadsIsNotWaitedFor() throws {
        mkfifo("\(folder.path)/log", 0o600)
        let log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.ldirectord.voice)
        log.write("one")
        #expect(log.settle() == "No such device or address")
    }

    @Test func severalLinesAreSeveralEntries() throws {
        let log = try DaemonLog(instance: "x", target: .file("\(folder.path)/log"), voice: Language.ldirectord.voice)
        log.write("one\n  two\n\n")
        log.settle()
        let lines = folder.text("log").split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("[") })
        #expect(lines.last?.hasSuffix("|x|\(getpid())]   two") == true)
    }

    @Test func aLogGoesToSeveralPlaces() throws {
        let (first, second) = ("\(folder.path)/first", "\(folder.path)/second")
        let log = try DaemonLog(
            instance: "x",
            target: .file(first),
            and: [.plainFile(second)],
            voice: Language.ldirectord.voice
        )
        log.write("one")
        #expect(log.settle() == nil)
        log.change(to: .file("\(first).new"), tag: "other")
        log.write("two")
        #expect(log.settle() == nil)
        #expect(folder.text("first").hasSuffix("|x|\(getpid())] one\n"))
        #expect(folder.text("first.new").hasSuffix("|x|\(getpid())] two\n"))
        let lines = folder.text("second").split(separator: "\n")
        #expect(lines.count == 2)
        let shape = /\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}: (one|two)/
        for line in lines { #expect(try shape.wholeMatch(in: line) != nil) }
        // What one of them cannot take, the other has.
        unlink(second)
        symlink("/dev/full", second)
        log.write("three")
        #expect(log.settle() != nil)
        #expect(folder.text("first.new").hasSuffix("] three\n"))
    }

    @Test func syslogGetsPriorityTimeAndProcess() throws {
        let box = NotifySocket()
        box.open(at: "\(folder.path)/syslog")
        let syslog = SyslogSocket(facility: "local3", tag: "ldirectord", path: "\(folder.path)/syslog")
        #expect(syslog.send("hello", at: CalendarTime()) == nil)
        let message = try #require(box.messages.first)
        let shape = /<(\d+)>\w{3} [ \d]\d \d\d:\d\d:\d\d ldirectord\[(\d+)\]: hello/
        let match = try #require(try shape.wholeMatch(in: message))
        #expect(match.output.1 == "\(19 * 8 + 6)" && match.output.2 == "\(getpid())")
    }

    @Test func aSyslogThatWasRestartedIsFoundAgain() {
        let path = "\(folder.path)/syslog"
        let syslog = SyslogSocket(facility: "daemon", tag: "ldirectord", path: path)
        #expect(syslog.send("lost", at: CalendarTime()) == ENOENT)
        let first = NotifySocket()
        first.open(at: path)
        #expect(syslog.send("one", at: CalendarTime()) == nil)
        unlink(path)
        first.end()
        let second = NotifySocket()
        second.open(at: path)
        #expect(syslog.send("two", at: CalendarTime()) == nil)
        #expect(second.messages.count == 1)
    }
}
