import Console
import Glibc
import IPVS
import IPVSAdm
import System
import TestKit
import Testing

/// What only a real file system shows.
struct LinuxHostTests {
    private static func host() -> LinuxHost {
        LinuxHost(kernel: { () throws(IPVSError) in SimulatedKernel() }, namespace: { _ in ENOENT })
    }

    private static func create(_ path: String, _ text: String, mode: mode_t) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(descriptor >= 0)
        try #require(write(descriptor, text, text.utf8.count) == text.utf8.count)
        try #require(fchmod(descriptor, mode) == 0)
        close(descriptor)
    }

    @Test
    func aReplacedFileKeepsItsMode() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/rules"
        try Self.create(path, "old", mode: 0o640)
        let file = try Self.host().replaceFile(at: path)
        try file.write(Array("new rules\n".utf8))
        #expect(try folder.text(of: "rules") == "old")
        try file.commit()
        #expect(try folder.text(of: "rules") == "new rules\n")
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o640)
        #expect(try folder.names == ["rules"])
    }

    @Test
    func anAbandonedFileLeavesNoTrace() throws {
        let folder = try TemporaryFolder()
        try Self.create("\(folder.path)/rules", "old", mode: 0o600)
        for path in ["\(folder.path)/rules", "\(folder.path)/new"] {
            let file = try Self.host().replaceFile(at: path)
            try file.write([0x41])
            #expect(try folder.names.count == 2)
            file.discard()
        }
        #expect(try folder.names == ["rules"])
        #expect(try folder.text(of: "rules") == "old")
    }

    @Test
    func aSymbolicLinkStaysOne() throws {
        let folder = try TemporaryFolder()
        try Self.create("\(folder.path)/rules", "old", mode: 0o600)
        try #require(symlink("rules", "\(folder.path)/link") == 0)
        let file = try Self.host().replaceFile(at: "\(folder.path)/link")
        try file.write(Array("new".utf8))
        try file.commit()
        #expect(try folder.text(of: "rules") == "new")
        var status = stat()
        #expect(lstat("\(folder.path)/link", &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test
    func whatCannotBeWrittenIsAnError() throws {
        let host = Self.host()
        #expect(throws: SystemFailure(call: "open", number: ENOENT)) {
            _ = try host.replaceFile(at: "/nowhere/at/all")
        }
        let full = try host.replaceFile(at: "/dev/full")
        #expect(throws: SystemFailure(call: "write", number: ENOSPC)) { try full.write([0x41]) }
    }

    @Test
    func theContextOfARefusalIsThatOfThisMachine() throws {
        let found = Self.host().refusalContext(modules: ["ip_vs_rr", "ip_vs_nonsuch"])
        let release = String(decoding: try [UInt8](contentsOf: "/proc/sys/kernel/osrelease"), as: UTF8.self)
        #expect("\(found.kernelRelease)\n" == release)
        #expect(found.hasIPv6 == (access("/proc/net/if_inet6", F_OK) == 0))
        #expect(found.modules["ip_vs_nonsuch"] == .missing)
        #expect(found.modules.keys.contains("ip_vs_rr"))
        #expect(found.isLoopbackUp != nil)
    }

    @Test
    func aNamespaceThatCannotBeEnteredIsAnError() {
        #expect(throws: SystemFailure(call: "setns", number: ENOENT)) { try Self.host().enterNamespace("red") }
    }
}
