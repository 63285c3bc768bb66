import CLinux
import Glibc

/// Reading files and asking about them.
package enum SystemFile {
    /// The bytes of a file.
    ///
    /// - Throws: `SystemFailure` of `open` or `read`; with `EFBIG` when it has more than `limit` bytes.
    package static func read(_ path: String, limit: Int) throws(SystemFailure) -> [UInt8] {
        try Descriptor(open: path, O_RDONLY).read(limit: limit)
    }

    /// The text of a small file; nil when it cannot be read or is larger.
    package static func text(_ path: String, limit: Int = 1 << 16) -> String? {
        guard let bytes = try? read(path, limit: limit) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the path leads to a regular file, if need be by way of symbolic links.
    package static func isRegular(_ path: String) -> Bool {
        mode(path).map { $0 & S_IFMT } == S_IFREG
    }

    /// Whether the path leads to a folder.
    package static func isFolder(_ path: String) -> Bool {
        mode(path).map { $0 & S_IFMT } == S_IFDIR
    }

    /// Whether the path leads to a pipe.
    package static func isPipe(_ path: String) -> Bool {
        mode(path).map { $0 & S_IFMT } == S_IFIFO
    }

    /// The kind and permissions of what the path leads to, as `st_mode` has them; nil when it leads nowhere.
    package static func mode(_ path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }

    /// Makes a folder, and those above it, where there is none; whoever needs it finds out whether it is there.
    package static func makeFolder(_ path: String) {
        var place = ""
        for part in path.split(separator: "/") {
            place += "/\(part)"
            mkdir(place, 0o755)
        }
    }

    /// Whether the path leads to anything.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The one path of a file that may have several by links; the path itself when there is no file.
    package static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return Machine.absolutePath(path) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Where a symbolic link leads to; nil for what is none.
    package static func linkTarget(_ path: String) -> String? { LinkTrail.target(of: path) }
}
