import Configuration
import Glibc
import System
import TestKit
import Testing

@testable import DirectorService

/// Files whose numbers virtual routers track.
@Suite(.waits)
final class NumberedFilesTests {
    private let folder: TemporaryFolder
    private let loop: EventLoop
    private var told: [Int] = []
    private lazy var files = NumberedFiles(on: loop) { [unowned self] name, number in
        if name == "f" { told.append(number) }
    }

    init() throws {
        folder = try TemporaryFolder()
        loop = try EventLoop()
    }

    private func begin(_ beginning: TrackedFile.Beginning? = nil) {
        files.change(to: [NumberedFile("f", file: TrackedFile("\(folder.path)/number", beginning: beginning))])
    }

    @Test func whatBecomesOfTheFileIsTold() throws {
        folder.write("number", "20\n")
        begin()
        try loop.turn { told == [20] }
        folder.write("number", "junk\n")
        try loop.turn { told == [20, 0] }
        // In the place of the other, as editors and `mv` do it.
        let other = folder.write("other", "-30\n")
        rename(other, "\(folder.path)/number")
        try loop.turn { told == [20, 0, -30] }
        unlink("\(folder.path)/number")
        try loop.turn { told == [20, 0, -30, 0] }
        folder.write("number", "7")
        try loop.turn { told == [20, 0, -30, 0, 7] }
        #expect(files.numbers == ["f": 7])
    }

    @Test func aFileThatIsNotThereHasNothing() throws {
        begin()
        try loop.turn { told == [0] }
    }

    @Test func aBeginningIsWrittenOnce() throws {
        folder.write("number", "20\n")
        begin(TrackedFile.Beginning(value: 5, overwrites: true))
        try loop.turn { told == [5] }
        folder.write("number", "6\n")
        try loop.turn { told == [5, 6] }
        files.change(to: [])
        begin(TrackedFile.Beginning(value: 5, overwrites: true))
        try loop.turn { told == [5, 6, 6] }
    }

    @Test(.enabled(if: geteuid() != 0, "root reads everything"))
    func aFileThatCannotBeReadHasNothing() throws {
        let path = folder.write("number", "20\n")
        chmod(path, 0)
        begin()
        try loop.turn { told == [0] }
    }
}
