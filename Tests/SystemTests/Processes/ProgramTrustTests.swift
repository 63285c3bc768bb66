import Glibc
import TestKit
import Testing

@testable import System

/// Whether others than root can change a program; files are root's only where root makes them.
@Suite(.enabled(if: geteuid() == 0, "only root can give files away"))
struct ProgramTrustTests {
    private let folder: TemporaryFolder
    private var program: String { "\(folder.path)/inner/program" }

    init() throws {
        folder = try TemporaryFolder()
        try #require(mkdir("\(folder.path)/inner", 0o755) == 0)
        let descriptor = open(program, O_WRONLY | O_CREAT | O_CLOEXEC, 0o755)
        try #require(descriptor >= 0)
        close(descriptor)
    }

    @Test func whatRootAloneCanChangeIsTrusted() {
        #expect(ProgramTrust.weakness(of: program) == nil)
        #expect(ProgramTrust.weakness(of: "/bin/sh") == nil)
        #expect(ProgramTrust.weakness(of: "sh") == nil)
        #expect(ProgramTrust.weakness(of: "/no/such/program") == nil)
    }

    @Test func theFileItselfCounts() {
        chmod(program, 0o757)
        #expect(ProgramTrust.weakness(of: program)?.text == "\(program) can be written by everybody")
        chmod(program, 0o775)
        #expect(ProgramTrust.weakness(of: program) == nil)
        chown(program, 0, 4711)
        #expect(ProgramTrust.weakness(of: program)?.text == "\(program) can be written by group 4711")
        chmod(program, 0o755)
        #expect(ProgramTrust.weakness(of: program) == nil)
        chown(program, 4711, 0)
        #expect(ProgramTrust.weakness(of: program)?.text == "\(program) belongs to user 4711")
    }

    @Test func theFoldersOnTheWayCount() {
        let inner = "\(folder.path)/inner"
        chmod(inner, 0o777)
        #expect(ProgramTrust.weakness(of: program)?.text == "\(inner) can be written by everybody")
        // With the sticky bit nobody replaces what is root's.
        chmod(inner, 0o1777)
        #expect(ProgramTrust.weakness(of: program) == nil)
        chown(inner, 4711, 0)
        #expect(ProgramTrust.weakness(of: program)?.text == "\(inner) belongs to user 4711")
    }

    @Test func soDoThoseOfLinks() {
        let link = "\(folder.path)/link"
        symlink(program, link)
        #expect(ProgramTrust.weakness(of: link) == nil)
        chmod("\(folder.path)/inner", 0o777)
        #expect(ProgramTrust.weakness(of: link)?.path == "\(folder.path)/inner")
    }
}
