import Glibc

/// The names in a folder, as far as they can be read; looking takes as long as the file system likes.
package enum FolderListing: Hashable, Sendable {
    /// Its names but for `.` and `..`.
    case names(Set<String>)
    /// There is no such folder.
    case missing
    /// It cannot be read, for want of descriptors perhaps.
    case unreadable

    /// The most names that are read: more than servers that one director has.
    private static let capacity = 1 << 17

    /// Looks into the folder at a path.
    package init(of path: String) {
        guard let folder = opendir(path) else {
            self = errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable
            return
        }
        defer { closedir(folder) }
        var names: Set<String> = []
        while names.count < Self.capacity {
            errno = 0
            guard let entry = readdir(folder) else {
                guard errno == 0 else {
                    self = .unreadable
                    return
                }
                break
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.insert(name) }
        }
        self = .names(names)
    }
}
