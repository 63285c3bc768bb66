import Configuration

/// All that a configuration is read from.
struct FileSource: Sendable {
    let bytes: [UInt8]
    /// Its path, as diagnostics call it.
    let name: String
    let context: ReadingContext
    /// What was found for each pattern of files that it includes or takes names and keys from.
    var files: [FileQuestion: [FoundFile]] = [:]
}
