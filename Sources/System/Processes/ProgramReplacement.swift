import Glibc

/// Another program in the place of this one, in the same process.
package enum ProgramReplacement {
    /// Runs a program with those words, its own name first: `execvp`.
    ///
    /// - Parameter path: its path, or a name that is looked for in `PATH`.
    /// - Returns: why it could not be run; else it does not return.
    package static func run(_ path: String, _ words: [String]) -> SystemFailure {
        var pointers = words.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        execvp(path, pointers)
        return .last("execvp")
    }
}
