import Glibc

/// The files of this repository, by their paths from its root.
public enum SourceTree {
    /// A file or folder that is not there, or not in the form that was expected.
    public struct Unreadable: Error {
        public let path: String
    }

    /// The absolute path of a file.
    public static func path(_ name: String) -> String {
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/" + name
    }

    /// The text of a file.
    public static func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    /// The bytes of a file.
    public static func bytes(of name: String) throws -> [UInt8] {
        guard let file = fopen(path(name), "r") else { throw Unreadable(path: name) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// The names in a folder, sorted.
    public static func names(in folder: String) throws -> [String] {
        guard let directory = opendir(path(folder)) else { throw Unreadable(path: folder) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            withUnsafeBytes(of: entry.pointee.d_name) { name in
                names.append(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
            }
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}
