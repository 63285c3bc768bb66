import Glibc
import TestKit
import Testing

@testable import System

struct NamedPipeTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/pipe" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func mode() -> mode_t? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode : nil
    }

    @Test func aPipeThatIsMissingIsMadeAndRemovedAgain() throws {
        let pipe = try NamedPipe(at: path, owner: nil)
        #expect(mode() == S_IFIFO | 0o644)
        #expect(pipe.write("one") && pipe.write("two"))
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        var room = [UInt8](repeating: 0, count: 100)
        let count = read(reader, &room, room.count)
        #expect(String(decoding: room.prefix(max(count, 0)), as: UTF8.self) == "one\ntwo\n")
        pipe.remove()
        #expect(mode() == nil)
    }

    @Test func aPipeThatIsThereStays() throws {
        try #require(mkfifo(path, 0o600) == 0)
        try NamedPipe(at: path, owner: ProgramOwner(user: "4711", group: nil)).remove()
        #expect(mode() == S_IFIFO | 0o600)
    }

    @Test func anotherOneOfItsNameIsNotRemoved() throws {
        let pipe = try NamedPipe(at: path, owner: nil)
        unlink(path)
        try #require(mkfifo(path, 0o600) == 0)
        pipe.remove()
        #expect(mode() == S_IFIFO | 0o600)
    }

    @Test func aFileIsNotWrittenTo() throws {
        folder.write("pipe", "")
        chmod(path, 0o644)
        #expect(throws: NamedPipe.Refusal.noPipe) { try NamedPipe(at: path, owner: nil) }
        #expect(throws: NamedPipe.Refusal.noPipe) { try NamedPipe(at: "/dev/null", owner: nil) }
        #expect(throws: NamedPipe.Refusal.system(SystemFailure(call: "mkfifo", number: ENOENT))) {
            try NamedPipe(at: "\(folder.path)/none/pipe", owner: nil)
        }
        #expect(mode() == S_IFREG | 0o644)
    }

    @Test func aPipeThatNobodyReadsIsNotWaitedFor() throws {
        let pipe = try NamedPipe(at: path, owner: nil)
        let line = String(repeating: "x", count: 1_000)
        var count = 0
        while pipe.write(line) { count += 1 }
        // A pipe holds 64 KiB.
        #expect((10...70).contains(count))
        #expect(!pipe.write(String(repeating: "y", count: NamedPipe.longestLine)))
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func aPipeThatIsMadeIsItsOwners() throws {
        _ = try NamedPipe(at: path, owner: ProgramOwner(user: "4711", group: "4712"))
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_uid == 4711 && status.st_gid == 4712)
        unlink(path)
        let unknown = ProgramOwner.Unknown(text: "there is no user no-such-user")
        #expect(throws: NamedPipe.Refusal.unknownOwner(unknown)) {
            try NamedPipe(at: path, owner: ProgramOwner(user: "no-such-user", group: nil))
        }
        #expect(mode() == nil)
    }

    /// In a process of its own, which then may have no further descriptor.
    @Test func aPipeThatCannotBeOpenedIsNotLeft() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = "\(folder.path)/pipe"
            var limit = rlimit()
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            precondition(getrlimit(resource, &limit) == 0)
            var none = rlimit(rlim_cur: 0, rlim_max: limit.rlim_max)
            precondition(setrlimit(resource, &none) == 0)
            let refusal = { () -> NamedPipe.Refusal? in
                do throws(NamedPipe.Refusal) {
                    _ = try NamedPipe(at: path, owner: nil)
                    return nil
                } catch {
                    return error
                }
            }
            precondition(refusal() == .system(SystemFailure(call: "open", number: EMFILE)))
            var status = stat()
            precondition(lstat(path, &status) != 0 && errno == ENOENT)
            // One that was there before stays.
            precondition(mkfifo(path, 0o600) == 0)
            precondition(refusal() == .system(SystemFailure(call: "open", number: EMFILE)))
            precondition(lstat(path, &status) == 0)
            precondition(setrlimit(resource, &limit) == 0)
        }
    }
}
