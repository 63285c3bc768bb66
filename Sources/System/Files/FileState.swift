import CLinux
import Glibc

/// What can be told of a file without reading it; two that are equal are taken for the same contents.
package struct FileState: Hashable, Sendable {
    private var device: UInt
    private var inode: UInt
    private var size: Int
    private var changes: [Int]

    /// The state of the file that a path leads to; nil when there is none that can be read as often as one likes.
    package init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The state of an open file; nil for a pipe or a device.
    fileprivate init?(of file: borrowing Descriptor) {
        guard let status = file.status else { return nil }
        self.init(status)
    }

    private init?(_ status: stat) {
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        size = Int(status.st_size)
        changes = [
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }
}

/// A file that was read, and what is needed to see later that it has changed.
package struct FileContents: Sendable {
    package let bytes: [UInt8]
    package let state: FileState
    /// A number that other contents do not have, but for a chance of one in 2^64; only this process can compare it.
    package let digest: Int
    /// Whether somebody was writing it, or it changed, while it was read: what was read may be half of it.
    package let isBeingWritten: Bool

    /// Larger files are no configurations.
    static let limit = 64 << 20

    /// Reads a file.
    ///
    /// - Parameter notices: tell of writers where the kernel cannot be asked for them.
    /// - Throws: `SystemFailure` of `open` or `read`; with `EFBIG` when it is larger than `limit`, and with `ESPIPE` when it
    ///   is a pipe or a device, which says something else each time.
    package init(reading path: String, notices: WriteNotices? = nil) throws(SystemFailure) {
        // A pipe in the place of the file would hold up an open without O_NONBLOCK.
        let file = try Descriptor(open: path, O_RDONLY | O_NONBLOCK)
        // The state before reading: a change while it is read counts as one after it.
        guard let state = FileState(of: file) else { throw SystemFailure(call: "read", number: ESPIPE) }
        self.state = state
        let before = Writers.have(file.number)
        bytes = try file.read(limit: Self.limit)
        var hasher = Hasher()
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        digest = hasher.finalize()
        if let before, let after = Writers.have(file.number) {
            isBeingWritten = before || after || FileState(of: file) != state
        } else {
            let isModified = notices?.isModified(path) ?? false
            isBeingWritten = isModified || FileState(of: file) != state
        }
    }
}
