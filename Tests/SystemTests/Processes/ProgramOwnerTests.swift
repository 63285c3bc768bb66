import Glibc
import TestKit
import Testing

@testable import System

/// Programs that run as users who are known by their names.
@Suite(.enabled(if: geteuid() == 0, "only root can become another user"), .waits)
struct ProgramOwnerTests {
    private func run(as owner: ProgramOwner) throws -> Result<ProgramOutcome, StartFailure> {
        let loop = try EventLoop()
        var command = ProgramCommand(
            program: "/bin/sh",
            arguments: ["-c", "sed -n 's/^[UG]id:.//p; s/^Groups:/groups/p' /proc/self/status"],
            output: .captured(limit: 1_000)
        )
        command.owner = owner
        var result: Result<ProgramOutcome, StartFailure>?
        ChildProcess(on: loop, command, timeout: nil) { result = $0 }
        try loop.turn { result != nil }
        return try #require(result)
    }

    private func said(as owner: ProgramOwner) throws -> [String] {
        let outcome = try run(as: owner).get()
        return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map { line in
            line.split { $0 == "\t" || $0 == " " }.joined(separator: " ")
        }
    }

    /// Real, effective, saved and that of files.
    private func fourTimes(_ number: UInt32) -> String { "\(number) \(number) \(number) \(number)" }

    @Test func aProgramIsInNoOtherGroup() throws {
        let lines = try said(as: ProgramOwner(user: "4711", group: "4712"))
        #expect(lines == [fourTimes(4711), fourTimes(4712), "groups"])
    }

    @Test func namesAreLookedUp() throws {
        let nobody = try #require(getpwnam("nobody")?.pointee)
        let byName = try said(as: ProgramOwner(user: "nobody", group: nil))
        #expect(byName == [fourTimes(nobody.pw_uid), fourTimes(nobody.pw_gid), "groups"])
        #expect(
            try said(as: ProgramOwner(user: "nobody", group: "root")) == [
                fourTimes(nobody.pw_uid), fourTimes(0), "groups",
            ]
        )
        #expect(try said(as: ProgramOwner(user: nil, group: "4712")) == [fourTimes(0), fourTimes(4712), "groups"])
        #expect(try said(as: ProgramOwner(user: "4711", group: nil)) == [fourTimes(4711), fourTimes(4711), "groups"])
    }

    @Test func aNameThatNobodyHasIsNoUser() throws {
        let user = try run(as: ProgramOwner(user: "no-such-user", group: nil))
        #expect(user == .failure(.refused(EINVAL, "there is no user no-such-user")))
        let group = try run(as: ProgramOwner(user: nil, group: "no-such-group"))
        #expect(group == .failure(.refused(EINVAL, "there is no group no-such-group")))
    }

    /// The threads of this process are not changed by what its children become.
    @Test func thisProcessStaysWhatItIs() throws {
        _ = try run(as: ProgramOwner(user: "4711", group: "4712"))
        #expect(geteuid() == 0 && getegid() == 0)
    }

    @Test(arguments: [true, false])
    func whatOthersCanChangeIsNotRunAsRoot(isRoot: Bool) throws {
        let folder = try TemporaryFolder()
        // Below /tmp, which is sticky; the folder itself is for its owner alone.
        chmod(folder.path, 0o755)
        let file = "\(folder.path)/program"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o700)
        try Descriptor.write(Array("#!/bin/sh\nexit 0\n".utf8), to: descriptor)
        fchmod(descriptor, 0o777)
        close(descriptor)
        let loop = try EventLoop()
        var command = ProgramCommand(program: file)
        command.guarded = [file]
        if !isRoot { command.account = ProgramCommand.Account(user: 4711, group: 4711) }
        var result: Result<ProgramOutcome, StartFailure>?
        ChildProcess(on: loop, command, timeout: nil) { result = $0 }
        try loop.turn { result != nil }
        let reason = "root does not run it, since \(file) can be written by everybody"
        #expect(result == (isRoot ? .failure(.refused(EPERM, reason)) : .success(ProgramOutcome(.exited(0)))))
    }
}
