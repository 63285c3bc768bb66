import Console
import Glibc
import IPVS
import IPVSAdm
import Testing

/// What only a real file system shows.
struct LinuxHostTests {
    private static func host() -> LinuxHost {
        LinuxHost(kernel: { () throws(IPVSError) in SimulatedKernel() }, namespace: { _ in ENOENT })
    }

    /// Runs a test in a directory of its own.
    private static func inDirectory(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/directrix.XXXXXX".utf8CString)
        let created = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } != nil }
        try #require(created)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in names(in: path) { unlink("\(path)/\(name)") }
            rmdir(path)
        }
        try body(path)
    }

    private static func names(in path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
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
        try Self.inDirectory { directory in
            let path = "\(directory)/rules"
            try Self.create(path, "old", mode: 0o640)
            let file = try Self.host().replaceFile(at: path)
            try file.write(Array("new rules\n".utf8))
            #expect(try Fixture.text(of: path) == "old")
            try file.commit()
            #expect(try Fixture.text(of: path) == "new rules\n")
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o7777 == 0o640)
            #expect(Self.names(in: directory) == ["rules"])
        }
    }

    @Test
    func anAbandonedFileLeavesNoTrace() throws {
        try Self.inDirectory { directory in
            try Self.create("\(directory)/rules", "old", mode: 0o600)
            for path in ["\(directory)/rules", "\(directory)/new"] {
                let file = try Self.host().replaceFile(at: path)
                try file.write([0x41])
                #expect(Self.names(in: directory).count == 2)
                file.discard()
            }
            #expect(Self.names(in: directory) == ["rules"])
            #expect(try Fixture.text(of: "\(directory)/rules") == "old")
        }
    }

    @Test
    func aSymbolicLinkStaysOne() throws {
        try Self.inDirectory { directory in
            try Self.create("\(directory)/rules", "old", mode: 0o600)
            try #require(symlink("rules", "\(directory)/link") == 0)
            let file = try Self.host().replaceFile(at: "\(directory)/link")
            try file.write(Array("new".utf8))
            try file.commit()
            #expect(try Fixture.text(of: "\(directory)/rules") == "new")
            var status = stat()
            #expect(lstat("\(directory)/link", &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFLNK)
        }
    }

    @Test
    func whatCannotBeWrittenIsAnError() throws {
        let host = Self.host()
        #expect(throws: SystemError(code: ENOENT)) { _ = try host.replaceFile(at: "/nowhere/at/all") }
        let full = try host.replaceFile(at: "/dev/full")
        #expect(throws: SystemError(code: ENOSPC)) { try full.write([0x41]) }
    }

    @Test
    func theMachineIsLookedAt() {
        let found = Self.host().refusalContext(modules: ["ip_vs_rr", "ip_vs_nonsuch"])
        #expect(!found.kernelRelease.isEmpty)
        #expect(found.modules["ip_vs_nonsuch"] == .missing)
        #expect(found.modules.keys.contains("ip_vs_rr"))
        #expect(found.isLoopbackUp != nil)
    }

    @Test
    func aNamespaceThatCannotBeEnteredIsAnError() {
        #expect(throws: SystemError(code: ENOENT)) { try Self.host().enterNamespace("red") }
    }
}
