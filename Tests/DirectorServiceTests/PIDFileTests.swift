import Glibc
import TestKit
import Testing

@testable import DirectorService
@testable import System

@Suite(.waits)
struct PIDFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func itTellsTheProcessAndIsRemovedAtTheEnd() throws {
        let file = try PIDFile(claiming: "\(folder.path)/pid")
        try file.write()
        #expect(folder.text("pid") == "\(getpid())\n")
        file.remove()
        #expect(!folder.exists("pid"))
    }

    @Test func twoDirectorsCannotHaveIt() throws {
        let file = try PIDFile(claiming: "\(folder.path)/pid")
        try file.write()
        #expect(throws: PIDFile.Failure.isHeld(by: getpid())) { try PIDFile(claiming: "\(folder.path)/pid") }
        #expect(folder.text("pid") == "\(getpid())\n")
    }

    /// Everybody may read the file; whoever locks it keeps no director from starting.
    @Test func aReaderThatLocksItIsInNobodysWay() throws {
        folder.write("pid", "99999999\n")
        let reader = open("\(folder.path)/pid", O_RDONLY)
        defer { close(reader) }
        #expect(flock(reader, LOCK_EX | LOCK_NB) == 0)
        let file = try PIDFile(claiming: "\(folder.path)/pid")
        try file.write()
        var status = stat()
        #expect(stat("\(folder.path)/pid", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o644)
        #expect(PIDFile.holder(of: "\(folder.path)/pid") == getpid())
        file.remove()
        #expect(!folder.exists("pid.lock"))
        #expect(PIDFile.holder(of: "\(folder.path)/pid") == nil)
    }

    /// Who holds the lock is known whatever became of the file.
    @Test(arguments: ["removed", "another's number", "garbage"])
    func theLockTellsWhoHasIt(accident: String) throws {
        let file = try PIDFile(claiming: "\(folder.path)/pid")
        try file.write()
        switch accident {
        case "removed": unlink("\(folder.path)/pid")
        case "garbage": folder.write("pid", "x")
        default: folder.write("pid", "1\n")
        }
        #expect(PIDFile.holder(of: "\(folder.path)/pid") == getpid())
        #expect(throws: PIDFile.Failure.isHeld(by: getpid())) { try PIDFile(claiming: "\(folder.path)/pid") }
    }

    @Test(arguments: ["", "99999999\n", "no number\n", "1\n"])
    func oneThatNobodyHoldsIsTaken(_ text: String) throws {
        folder.write("pid", text)
        let file = try PIDFile(claiming: "\(folder.path)/pid")
        try file.write()
        #expect(folder.text("pid") == "\(getpid())\n")
    }

    @Test func oneThatIsSomebodyElsesByNowIsNotRemoved() throws {
        let file = try PIDFile(claiming: "\(folder.path)/pid")
        try file.write()
        folder.write("other", "4711\n")
        rename("\(folder.path)/other", "\(folder.path)/pid")
        file.remove()
        #expect(folder.text("pid") == "4711\n")
    }

    /// As the original, which locks nothing; an editor of its configuration is no director.
    @Test(arguments: [("directrix", true), ("editor", false)])
    func oneThatNobodyLocksIsHeldByADirectorAlone(program: String, isHeld: Bool) throws {
        symlink("/bin/sh", "\(folder.path)/\(program)")
        let loop = try EventLoop()
        var hasEnded = false
        let script = "echo $$ > '\(folder.path)/new'; mv '\(folder.path)/new' '\(folder.path)/pid'; sleep 60; :"
        let command = ProgramCommand(
            program: "\(folder.path)/\(program)",
            arguments: ["-c", script, "/etc/ha.d/ldirectord.cf"]
        )
        let process = ChildProcess(on: loop, command, timeout: nil) { _ in hasEnded = true }
        try loop.turn { folder.exists("pid") }
        if isHeld {
            #expect(throws: PIDFile.Failure.self) { try PIDFile(claiming: "\(folder.path)/pid") }
        } else {
            _ = try PIDFile(claiming: "\(folder.path)/pid")
        }
        process.end()
        try loop.turn { hasEnded }
    }

    @Test func aFolderThatIsNotThereIsAFailure() {
        #expect(throws: PIDFile.Failure.system(SystemFailure(call: "open", number: ENOENT))) {
            try PIDFile(claiming: "\(folder.path)/none/pid")
        }
    }
}
