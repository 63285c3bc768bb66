package import Configuration

/// The language of `keepalived.conf`.
package struct KeepalivedLanguage: ConfigurationLanguage {
    /// The most bytes that are looked at for a first word.
    private static let longestLook = 1 << 16

    /// Makes the language, which has no state.
    package init() {}

    package func evidence(in bytes: [UInt8], name: String) -> LanguageEvidence {
        if Self.firstWords(in: bytes) { return .words }
        return name.hasSuffix("keepalived.conf") ? .name : .none
    }

    package func read(_ bytes: [UInt8], name: String, context: ReadingContext) -> any ConfigurationFile {
        KeepalivedFile(reading: bytes, name: name, context: context)
    }

    /// Whether a line has a block of the language, or includes, before anything that is of another one.
    private static func firstWords(in bytes: [UInt8]) -> Bool {
        var isValue = false
        for line in bytes.prefix(longestLook).split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
            var text = line.drop { $0 == 0x20 || $0 == 0x09 }
            // A condition stands before what it is for.
            if text.first == UInt8(ascii: "@") {
                text = text.drop { $0 != 0x20 && $0 != 0x09 }.drop { $0 == 0x20 || $0 == 0x09 }
            }
            guard let first = text.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "!") else { continue }
            // So do variables, whose values may have several lines, and sequences.
            if isValue || first == UInt8(ascii: "$") || first == UInt8(ascii: "~") {
                isValue = text.last == UInt8(ascii: "\\")
                continue
            }
            let word = text.prefix { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: "{") }
            let name = String(decoding: word, as: UTF8.self)
            return WordTable.rule(name, in: .file) != nil || name.hasPrefix("include") && word.count <= 8
        }
        return false
    }
}
