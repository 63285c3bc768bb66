/// How much a configuration may grow by includes and expansions.
///
/// A file of a few lines could ask for more than any machine has; what goes beyond is an error, and reading ends.
package struct ReadingBounds: Sendable {
    /// The most statements, each of which takes many times the memory of its line.
    package var mostStatements = 1 << 21
    /// The most lines that variables, sequences and lists may add.
    package var mostLines = 1 << 17
    /// The most variables that may be replaced.
    package var mostReplacements = 1 << 18
    /// The most bytes that lines may have in which variables were replaced, all together.
    package var mostBytes = 1 << 23
    /// The most files that may be read, and patterns that may be looked for.
    package var mostFiles = 4096
    /// The most bytes of all files that are included.
    package var mostBytesOfFiles = 1 << 26
    /// The most expansions within each other: variables in variables, and included files in included files.
    static let deepest = 32

    private var statements = 0
    private var lines = 0
    private var bytes = 0
    private var bytesOfFiles = 0

    /// Those of every configuration.
    package init() {}

    /// Counts a statement; whether there may be one.
    mutating func addStatement() -> Bool {
        guard statements < mostStatements else { return false }
        statements += 1
        return true
    }

    /// Counts lines that are added; whether that may be.
    mutating func addLines(_ count: UInt64) -> Bool {
        guard count <= UInt64(max(0, mostLines - lines)) else { return false }
        lines += Int(count)
        return true
    }

    /// Counts bytes of a line in which variables were replaced; whether that may be.
    mutating func addBytes(_ count: Int) -> Bool {
        guard count <= mostBytes - bytes else { return false }
        bytes += count
        return true
    }

    /// Counts bytes of a file; whether that may be.
    mutating func addFile(_ count: Int) -> Bool {
        guard count <= mostBytesOfFiles - bytesOfFiles else { return false }
        bytesOfFiles += count
        return true
    }
}
