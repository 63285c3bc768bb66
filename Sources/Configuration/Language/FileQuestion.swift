/// Files that a configuration includes, and that only the machine can tell about.
package struct FileQuestion: Hashable, Sendable {
    /// The names, as `glob(3)` has them without braces.
    package let pattern: String
    /// The folder that a relative pattern begins in, as it is called in the names of its files; empty for the working
    /// directory.
    package let folder: String

    /// Asks for the files of a pattern.
    package init(pattern: String, folder: String) {
        self.pattern = pattern
        self.folder = folder
    }
}

/// A file that a pattern has found.
package struct FoundFile: Hashable, Sendable {
    /// What a file is.
    package enum Kind: Hashable, Sendable {
        /// An ordinary file, with what is in it.
        case contents([UInt8])
        /// A folder.
        case folder
        /// A file that may be started as a program.
        case executable
        /// A pipe, a socket or a device.
        case special
        /// A file that cannot be read, and why.
        case unreadable(String)
    }

    /// Its path, which begins with the folder of the question where the pattern is relative.
    package let path: String
    /// What it is.
    package let kind: Kind

    /// Names a file.
    package init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }
}
