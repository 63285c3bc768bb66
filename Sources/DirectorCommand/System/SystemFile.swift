import Console
import DirectorService
import Glibc
import System

/// Reading files and asking about them.
enum SystemFile {
    /// The bytes of a file, or nil when it has more than that.
    static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        defer { close(descriptor) }
        return try FileDescriptorSink.read(descriptor, limit: limit)
    }

    /// The text of a small file; nil when it cannot be read or is larger.
    static func text(_ path: String, limit: Int = 1 << 16) -> String? {
        guard let bytes = try? read(path, limit: limit) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the path leads to a regular file, if need be by way of symbolic links.
    static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether the path leads to a folder.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether the path leads to anything.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The one path of a file that may have several by links; the path itself when there is no file.
    static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return Machine.absolutePath(path) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Where a symbolic link leads to; nil for what is none.
    static func linkTarget(_ path: String) -> String? {
        var room = [UInt8](repeating: 0, count: 4096)
        let count = room.withUnsafeMutableBufferPointer { room in
            room.withMemoryRebound(to: CChar.self) { room in
                room.baseAddress.map { readlink(path, $0, room.count) } ?? -1
            }
        }
        guard count >= 0 else { return nil }
        return String(decoding: room[..<count], as: UTF8.self)
    }
}
