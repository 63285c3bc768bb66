import Glibc

/// Where `execvp` looks for a program.
package enum ProgramPath {
    /// The folders that are searched for a name without a slash.
    package static var folders: [String] {
        guard let path = getenv("PATH") else { return ["/bin", "/usr/bin"] }
        return String(cString: path).split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }

    /// The paths that a program may have, in the order in which they are tried; none for an empty name.
    static func candidates(for program: String) -> [String] {
        if program.isEmpty { return [] }
        if program.contains("/") { return [program] }
        // An empty entry stands for the working folder.
        return folders.map { $0.isEmpty ? program : "\($0)/\(program)" }
    }
}
