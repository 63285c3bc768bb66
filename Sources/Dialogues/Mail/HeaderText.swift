import Digests

/// Free text in the header of a mail: it stays within its field, whatever it is made of.
enum HeaderText {
    /// The value of an unstructured field: as it is where it is short ASCII, in encoded words of RFC 2047 otherwise.
    ///
    /// Controls become blanks. Encoded words are folded, one to a line.
    static func unstructured(_ text: String) -> String {
        let text = cleaned(text)
        guard !isPlain(text) else { return text }
        return encodedWords(text)
    }

    /// The name in front of an address.
    static func phrase(_ name: String) -> String {
        let name = cleaned(name)
        guard isPlain(name) else { return encodedWords(name) }
        if name.utf8.allSatisfy(isAtomOrBlank) { return name }
        let quoted = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        return "\"\(quoted)\""
    }

    /// RFC 5322 has 998 bytes for a line; the name of the field is among them.
    private static let plainLimit = 900

    private static func cleaned(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= plainLimit, bytes.allSatisfy({ (0x20...0x7e).contains($0) }) else { return false }
        // What looks like an encoded word would be decoded.
        return !zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "=") && $1 == UInt8(ascii: "?") }
    }

    private static func isAtomOrBlank(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Words of at most 75 characters, none of which ends within a character of the text.
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        let close = {
            words.append("=?utf-8?B?\(String(decoding: Base64.encode(word), as: UTF8.self))?=")
            word = []
        }
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > 45 { close() }
            word += bytes
        }
        if !word.isEmpty { close() }
        return words.joined(separator: "\r\n ")
    }
}
