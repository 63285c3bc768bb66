import Addresses
import Configuration
import Dialogues
import Glibc
import HealthChecks
import TestKit
import Testing
import Time

@testable import DirectorService
@testable import System

struct TrackedFilesTests {
    private let folder: TemporaryFolder
    private let loop: EventLoop

    init() throws {
        folder = try TemporaryFolder()
        loop = try EventLoop()
    }

    private func check(_ file: TrackedFile, port: UInt16 = 80) -> ScheduledCheck {
        let target = Endpoint(address: .any(.ipv4), port: port)
        let check = HealthCheck(method: .file(file), target: target, timeout: .seconds(1))
        return ScheduledCheck(check, pace: Pace(interval: .seconds(60)))
    }

    @Test(.waits) func aNumberIsToldWheneverItIsAnotherOne() throws {
        let file = TrackedFile("\(folder.path)/value")
        var numbers: [CheckLayer] = []
        let files = TrackedFiles(on: loop) { numbers.append($1.layer) }
        files.replace(with: [check(file)])
        var expected: [CheckLayer] = []
        // No file yet, then one written in place, one without a number, one renamed to, and none again.
        let steps: [(Int32, () -> Void)] = [
            (0, {}), (3, { folder.write("value", "3\n") }), (-4, { folder.write("value", "-4") }),
            (0, { folder.write("value", "junk\n") }),
            (7, { rename(folder.write("other", "7\n"), "\(folder.path)/value") }),
            (0, { unlink("\(folder.path)/value") }),
        ]
        for (number, step) in steps {
            step()
            expected.append(.file(number))
            try loop.turn { numbers.count >= expected.count }
            #expect(numbers == expected)
        }
    }

    @Test(.waits) func aFileThatIsBeingWrittenIsLeftAlone() throws {
        folder.write("value", "5\n")
        let file = TrackedFile("\(folder.path)/value")
        var numbers: [CheckLayer] = []
        let files = TrackedFiles(on: loop) { numbers.append($1.layer) }
        files.replace(with: [check(file)])
        try loop.turn { numbers == [.file(5)] }
        let descriptor = open(file.path, O_WRONLY | O_TRUNC)
        folder.write("noise", "")
        try loop.turn(for: .milliseconds(300))
        #expect(numbers == [.file(5)])
        try Descriptor.write(Array("6\n".utf8), to: descriptor)
        close(descriptor)
        try loop.turn { numbers == [.file(5), .file(6)] }
    }

    @Test(.waits) func oneThatIsOutOfRangeChangesNothing() throws {
        folder.write("value", "5\n")
        var numbers: [CheckLayer] = []
        let files = TrackedFiles(on: loop) { numbers.append($1.layer) }
        files.replace(with: [check(TrackedFile("\(folder.path)/value"))])
        try loop.turn { numbers == [.file(5)] }
        folder.write("value", "99999999999\n")
        try loop.turn(for: .milliseconds(300))
        folder.write("value", "6\n")
        try loop.turn { numbers.count > 1 }
        #expect(numbers == [.file(5), .file(6)])
    }

    /// It may count for other servers there.
    @Test(.waits) func aCheckThatStaysIsToldItsNumberAgain() throws {
        folder.write("value", "5\n")
        let checks = [check(TrackedFile("\(folder.path)/value"))]
        var numbers: [CheckLayer] = []
        let files = TrackedFiles(on: loop) { numbers.append($1.layer) }
        files.replace(with: checks)
        try loop.turn { numbers == [.file(5)] }
        files.replace(with: checks)
        try loop.turn { numbers == [.file(5), .file(5)] }
    }

    @Test(.waits) func aBeginningIsWrittenOnce() throws {
        folder.write("kept", "5\n")
        folder.write("replaced", "5\n")
        let beginning = TrackedFile.Beginning(value: -7)
        let written = [
            TrackedFile("\(folder.path)/new", beginning: beginning),
            TrackedFile("\(folder.path)/kept", beginning: beginning),
            TrackedFile("\(folder.path)/replaced", beginning: TrackedFile.Beginning(value: 9, overwrites: true)),
        ]
        var numbers: [String: CheckLayer] = [:]
        let files = TrackedFiles(on: loop) { check, result in
            if case .file(let file) = check.check.method { numbers[file.path] = result.layer }
        }
        files.replace(with: written.map { check($0) })
        try loop.turn { numbers.count == 3 }
        #expect(written.map { numbers[$0.path] } == [.file(-7), .file(5), .file(9)])
        #expect(folder.text("new") == "-7\n")
        #expect(folder.text("kept") == "5\n")
        folder.write("replaced", "1\n")
        files.replace(with: [])
        numbers = [:]
        files.replace(with: written.map { check($0) })
        try loop.turn { numbers.count == 3 }
        #expect(numbers[written[2].path] == .file(1))
    }

    @Test(.waits) func oneFileIsToldToAllItsChecks() throws {
        folder.write("value", "5\n")
        let file = TrackedFile("\(folder.path)/value")
        var told: [UInt16] = []
        let files = TrackedFiles(on: loop) { check, _ in told.append(check.check.target.port) }
        files.replace(with: [check(file, port: 1), check(file, port: 2)])
        try loop.turn { told.count == 2 }
        // Those that stay may count for others now.
        files.replace(with: [check(file, port: 2), check(file, port: 3)])
        try loop.turn { told.count == 4 }
        #expect(told == [1, 2, 2, 3])
        folder.write("value", "6\n")
        try loop.turn { told.count == 6 }
        #expect(told.suffix(2) == [2, 3])
    }

    @Test(.waits) func thousandsOfChecksMayHaveOneFile() throws {
        folder.write("value", "5\n")
        let file = TrackedFile("\(folder.path)/value")
        let checks = (1...20_000).map { check(file, port: UInt16($0)) }
        var count = 0
        let files = TrackedFiles(on: loop) { _, _ in count += 1 }
        let start = EventLoop.clock
        files.replace(with: checks)
        try loop.turn { count == checks.count }
        files.replace(with: Array(checks.reversed()) + [check(file, port: 30_000)])
        try loop.turn { count == 2 * checks.count + 1 }
        // A few hundred times as much as it takes; where each is looked for among all others it takes minutes.
        #expect(EventLoop.clock - start < .seconds(30))
    }
}
