/// The files of this repository, by their paths from its root.
public enum SourceTree {
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
        try [UInt8](contentsOf: path(name))
    }

    /// The names in a folder, sorted.
    public static func names(in folder: String) throws -> [String] {
        try TestKit.names(inFolder: path(folder))
    }
}
