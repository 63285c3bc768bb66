import Glibc
import TestKit
import Testing

/// A folder for the files of programs.
final class ProgramFolder {
    private let folder: TemporaryFolder
    var path: String { folder.path }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Writes a file; gives its path.
    @discardableResult
    func write(_ text: String, name: String = "program", mode: mode_t = 0o755) throws -> String {
        try write(Array(text.utf8), name: name, mode: mode)
    }

    /// Writes a file; gives its path.
    @discardableResult
    func write(_ bytes: [UInt8], name: String = "program", mode: mode_t = 0o755) throws -> String {
        let file = self.file(name)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
        fchmod(descriptor, mode)
        return file
    }

    /// The path of a file that is removed with the folder.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Whether there is such a file.
    func exists(_ name: String) -> Bool { access(file(name), F_OK) == 0 }
}
