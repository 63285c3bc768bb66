package import Configuration

/// The language of `ldirectord.cf`.
package struct LdirectordLanguage: ConfigurationLanguage {
    /// The most bytes that are looked at for a first directive.
    private static let longestLook = 1 << 16

    /// Makes the language, which has no state.
    package init() {}

    package func evidence(in bytes: [UInt8], name: String) -> LanguageEvidence {
        guard ForeignFile(bytes) == nil else { return .none }
        if Self.firstDirective(in: bytes).map(DirectiveNames.isOfFile) == true { return .words }
        return name.hasSuffix(".cf") ? .name : .none
    }

    package func read(_ bytes: [UInt8], name: String, context: ReadingContext) -> any ConfigurationFile {
        LdirectordFile(reading: bytes, name: name, context: context)
    }

    /// The name in the first line that is neither blank nor a comment; nil where that is no directive.
    private static func firstDirective(in bytes: [UInt8]) -> String? {
        for text in bytes.prefix(longestLook).split(separator: 0x0a) {
            guard let first = text.first(where: { !$0.isBlank }), first != UInt8(ascii: "#") else { continue }
            return DirectiveLine(SourceLine(number: 1, bytes: text), isInBlock: false)?.name
        }
        return nil
    }
}
