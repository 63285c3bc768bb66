import Glibc

/// The folders in which a change can make a path lead to another file.
package enum LinkTrail {
    /// More links than the kernel follows.
    private static let limit = 64

    /// The folder of the file itself, and those of all links on the way to it.
    package static func folders(to path: String) -> Set<String> {
        var folders: Set<String> = []
        var rest = components(path)
        var here = ""
        var links = 0
        while let name = rest.first {
            rest.removeFirst()
            if name == ".." {
                here = parent(of: here)
                continue
            }
            let next = "\(here)/\(name)"
            if let target = target(of: next), links < limit {
                links += 1
                folders.insert(here.isEmpty ? "/" : here)
                if target.hasPrefix("/") { here = "" }
                rest = components(target) + rest
            } else {
                if rest.isEmpty { folders.insert(here.isEmpty ? "/" : here) }
                here = next
            }
        }
        return folders
    }

    private static func components(_ path: String) -> [Substring] {
        path.split(separator: "/").filter { $0 != "." }
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// What a symbolic link says; nil for what is none.
    package static func target(of path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX) + 1) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start, Int(PATH_MAX))
            guard count > 0 else { return nil }
            start[count] = 0
            return String(cString: start)
        }
    }
}
