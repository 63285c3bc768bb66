import Configuration
import Glibc
import System
import TestKit
import Testing
import Time

@testable import DirectorService

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

    /// Whether a change of what is followed is told of.
    private func isNoticed(_ change: () -> Void) throws -> Bool {
        var isNoticed = false
        let watch = InclusionWatch(on: loop, read()) { isNoticed = true }
        change()
        let end = loop.now + .seconds(20)
        while !isNoticed, loop.now < end { try loop.runTurn(atMost: .seconds(1)) }
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
        #expect(Inclusions(lookingAgainFor: before).hasContents(of: before))
        write("a.conf", "two")
        #expect(!Inclusions(lookingAgainFor: before).hasContents(of: before))
    }
}
