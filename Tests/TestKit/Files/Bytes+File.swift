import Glibc

/// A file or folder that is not there, or not in the form that was expected.
public struct Unreadable: Error {
    public let path: String
}

extension [UInt8] {
    /// The bytes of the file at a path.
    ///
    /// - Throws: `Unreadable` when it cannot be opened.
    public init(contentsOf path: String) throws {
        guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        self = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return }
            self += chunk[..<count]
        }
    }
}

/// The names in a folder, sorted.
///
/// - Throws: `Unreadable` when it cannot be opened.
public func names(inFolder path: String) throws -> [String] {
    guard let directory = opendir(path) else { throw Unreadable(path: path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        withUnsafeBytes(of: entry.pointee.d_name) { name in
            names.append(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
        }
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
}
