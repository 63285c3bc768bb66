import Configuration
import Glibc
import TestKit
import Testing
import Time

@testable import DirectorService
@testable import System

@Suite(.waits)
struct InclusionWatchTests {
    private let folder: TemporaryFolder
    private let loop: EventLoop

    init() throws {
        folder = try TemporaryFolder()
        loop = try EventLoop()
    }

    private func write(_ name: String, _ text: String) { chmod(folder.write(name, text), 0o644) }

    /// The files of a pattern, as they are read now.
    private func read() -> Inclusions {
        var inclusions = Inclusions()
        let question = FileQuestion(pattern: "*.conf", folder: folder.path)
        _ = inclusions.answers(to: [question]) { path throws(SystemFailure) in try FileContents(reading: path) }
        return inclusions
    }

    private func again(_ before: Inclusions) -> Inclusions { Inclusions(lookingAgainFor: before, WriteNotices()) }

    /// Whether a change of what is followed is told of.
    private func isNoticed(_ change: () -> Void) throws -> Bool {
        var isNoticed = false
        let watch = InclusionWatch(on: loop, read(), writers: WriteNotices()) { isNoticed = true }
        change()
        try loop.turn { isNoticed }
        return withExtendedLifetime(watch) { isNoticed }
    }

    @Test func otherContentsAreNoticed() throws {
        write("a.conf", "one")
        #expect(try isNoticed { write("a.conf", "two") })
    }

    @Test func aNewFileIsNoticed() throws {
        write("a.conf", "one")
        #expect(try isNoticed { write("b.conf", "two") })
    }

    @Test func aFileThatIsGoneIsNoticed() throws {
        write("a.conf", "one")
        #expect(try isNoticed { unlink("\(folder.path)/a.conf") })
    }

    @Test func theSameContentsAreNoChange() {
        write("a.conf", "one")
        let before = read()
        #expect(before.isUnchanged())
        unlink("\(folder.path)/a.conf")
        write("b.conf", "one")
        rename("\(folder.path)/b.conf", "\(folder.path)/a.conf")
        #expect(!before.isUnchanged())
        #expect(again(before).hasContents(of: before))
        write("a.conf", "two")
        #expect(!again(before).hasContents(of: before))
    }

    @Test func aProgramAmongThemIsNoChange() {
        write("a.conf", "one")
        folder.write("program.conf", "#!/bin/sh\n")
        mkdir("\(folder.path)/folder.conf", 0o755)
        let before = read()
        #expect(before.isUnchanged())
        chmod("\(folder.path)/program.conf", 0o644)
        #expect(!before.isUnchanged())
        #expect(!again(before).hasContents(of: before))
    }

    @Test func oneThatIsClosedWithTheContentsThatItHadIsNoChange() throws {
        write("a.conf", "one")
        var pen: Pen? = Pen("\(folder.path)/a.conf", O_APPEND)
        var isNoticed = false
        let watch = InclusionWatch(on: loop, read(), writers: WriteNotices()) { isNoticed = true }
        #expect(watch.known.unfinished != nil)
        withExtendedLifetime(pen) {}
        pen = nil
        try loop.turn { watch.known.unfinished == nil }
        #expect(!isNoticed)
    }

    @Test func oneThatWasNotTakenAsItWasBeingWrittenIsAChangeWhenItIsClosed() throws {
        write("a.conf", "one")
        var pen: Pen? = Pen("\(folder.path)/a.conf", O_APPEND)
        var refused = read()
        refused.forgetUnfinished()
        var isNoticed = false
        let watch = InclusionWatch(on: loop, refused, writers: WriteNotices()) { isNoticed = true }
        withExtendedLifetime(pen) {}
        pen = nil
        try loop.turn { isNoticed }
        #expect(watch.known.unfinished == nil)
    }

    /// In a minute of a clock that goes a fifth of a second from turn to turn, told by what the kernel notices of openings.
    @Test(arguments: [true, false])
    func oneThatIsHeldOpenIsReadLessAndLessOften(isIncluded: Bool) throws {
        write("a.conf", "one")
        let path = "\(folder.path)/a.conf"
        let pen = Pen(path, O_APPEND)
        var time = MonotonicTime(nanoseconds: 0)
        let loop = try EventLoop { time }
        let contents = try FileContents(reading: path)
        let inclusions = isIncluded ? InclusionWatch(on: loop, read(), writers: WriteNotices()) {} : nil
        let file =
            isIncluded
            ? nil
            : FileWatch(on: loop, path: path, contents: contents, writers: WriteNotices(), patience: .seconds(10)) {
                _ in
            }
        pen.write("two")
        let notices = try Descriptor(of: "inotify_init1", inotify_init1(O_CLOEXEC | O_NONBLOCK))
        try #require(inotify_add_watch(notices.number, path, UInt32(IN_OPEN)) >= 0)
        var count = 0
        for _ in 0..<300 {
            time = time + .milliseconds(200)
            // What was begun by another thread ends meanwhile.
            for _ in 0..<5 { try loop.runTurn(atMost: .milliseconds(1)) }
            var room = [UInt8](repeating: 0, count: 4_096)
            count += max(Glibc.read(notices.number, &room, room.count), 0) / 16
        }
        // After 1, 2, 4 and 8 seconds, then every ten.
        #expect((1...16).contains(count), "\(count) times")
        withExtendedLifetime((pen, inclusions, file)) {}
    }
}
