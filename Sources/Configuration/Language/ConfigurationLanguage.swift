/// A language that configurations are written in.
///
/// It works on values alone. Bytes come in, and become a file whose questions go out: files that it includes, then names
/// to look up, folders and programs to look for. Whoever has a resolver and a disk brings the answers, and a configuration
/// with diagnostics comes of them.
package protocol ConfigurationLanguage: Sendable {
    /// Tells whether a file is written in this language, by its name and by what stands at its beginning.
    ///
    /// - Parameter bytes: the contents of the file, of which no more than a bounded part is looked at.
    func evidence(in bytes: [UInt8], name: String) -> LanguageEvidence

    /// Takes a file apart.
    ///
    /// - Parameters:
    ///   - bytes: the contents of the file, which may be anything.
    ///   - name: how diagnostics call the file.
    func read(_ bytes: [UInt8], name: String, context: ReadingContext) -> any ConfigurationFile
}

/// How surely a file is written in a language; what it says counts for more than its name.
package enum LanguageEvidence: Int, Comparable, Sendable {
    case none
    /// The name is one that files of the language have.
    case name
    /// The first words are those of the language, and of no other.
    case words

    package static func < (first: LanguageEvidence, second: LanguageEvidence) -> Bool {
        first.rawValue < second.rawValue
    }
}
