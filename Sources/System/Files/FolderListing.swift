import Glibc

/// What a look into the folder for maintenance gives; it takes as long as the file system likes.
package enum MaintenanceListing: Hashable, Sendable {
    case names(Set<String>)
    /// There is no such folder.
    case missing
    /// Nobody can tell what it has, for want of descriptors perhaps; servers stay as they are.
    case unreadable

    /// More files than servers that one director has.
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
