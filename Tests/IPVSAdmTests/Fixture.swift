import Glibc

/// A file below `Fixtures`.
enum Fixture {
    /// Reads a file of `Fixtures/listings`.
    static func listing(_ name: String) throws -> String {
        try text(of: root + "/Fixtures/listings/" + name)
    }

    /// Reads any file.
    static func text(of path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Missing(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    struct Missing: Error {
        let path: String
    }

    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
}
