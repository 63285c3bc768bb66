/// A character that looks like one of the language and is none, as editors, web pages and other keyboards put them in.
struct StrangeCharacter {
    /// The kind of character that it is taken for.
    enum Kind {
        case quotationMark, blank, nothing, hyphen, other
    }

    let kind: Kind
    /// Its bytes.
    let range: Range<Int>
    /// The character that was meant; nil where none should be there.
    let meant: String?
    private let scalar: Unicode.Scalar
    /// Its byte in Windows-1252, in which the file then is.
    private let byte: UInt8?

    /// The character and its name: `“ (U+201C, left double quotation mark)`.
    var name: String {
        let name = (scalar.value == 0xfeff ? "byte order mark" : scalar.properties.name ?? "control character")
            .lowercased()
        let code = String(scalar.value, radix: 16, uppercase: true)
        let digits = String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
        if let byte { return "\(scalar) (0x\(String(byte, radix: 16)) of Windows-1252, \(name))" }
        return kind == .blank || kind == .nothing ? "U+\(digits) (\(name))" : "\(scalar) (U+\(digits), \(name))"
    }

    /// The message about it.
    var complaint: String {
        switch kind {
        case .quotationMark: "\(name) is no quotation mark"
        case .blank: "\(name) is no blank"
        case .nothing: "\(name) is invisible"
        case .hyphen: "\(name) is no hyphen"
        case .other: "\(name) is no \(meant ?? "character of the language")"
        }
    }

    /// The first in a place, of which a bounded part is looked at.
    static func first(in place: Place) -> StrangeCharacter? {
        first(in: place.bytes.prefix(longestPlace))
    }

    private static let longestPlace = 4096

    /// The first of some kinds in bytes.
    static func first(
        in bytes: ArraySlice<UInt8>,
        where isMeant: (StrangeCharacter) -> Bool = { _ in true }
    ) -> StrangeCharacter? {
        var index = bytes.startIndex
        while let next = bytes[index...].firstIndex(where: { $0 >= 0x80 }) {
            if let found = StrangeCharacter(at: next, in: bytes) {
                if isMeant(found) { return found }
                index = found.range.upperBound
            } else {
                index = next + 1
                while index < bytes.endIndex, bytes[index] & 0xc0 == 0x80 { index += 1 }
            }
        }
        return nil
    }

    /// The one that begins at an index, if it is one; ASCII has marks too that only look right.
    init?(at index: Int, in bytes: ArraySlice<UInt8>) {
        let first = bytes[index]
        if first < 0x80 {
            guard first == UInt8(ascii: "'") || first == UInt8(ascii: "`") else { return nil }
            self.init(Unicode.Scalar(first), range: index..<index + 1)
            return
        }
        let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
        let end = min(index + length, bytes.endIndex)
        if let text = String(validating: bytes[index..<end], as: UTF8.self), let scalar = text.unicodeScalars.first {
            self.init(scalar, range: index..<end)
        } else {
            guard let scalar = Self.windows1252[first] else { return nil }
            self.init(scalar, range: index..<index + 1, byte: first)
        }
    }

    /// The one that ends before an index.
    init?(endingAt end: Int, in bytes: ArraySlice<UInt8>) {
        var start = end - 1
        guard start >= bytes.startIndex else { return nil }
        while start > bytes.startIndex, end - start < 4, bytes[start] & 0xc0 == 0x80 { start -= 1 }
        if let found = StrangeCharacter(at: start, in: bytes), found.range.upperBound == end {
            self = found
        } else {
            guard start < end - 1, let found = StrangeCharacter(at: end - 1, in: bytes) else { return nil }
            self = found
        }
    }

    private init?(_ scalar: Unicode.Scalar, range: Range<Int>, byte: UInt8? = nil) {
        self.scalar = scalar
        self.range = range
        self.byte = byte
        if Self.marks.contains(scalar) {
            kind = .quotationMark
            meant = "\""
            return
        }
        switch scalar.properties.generalCategory {
        case .initialPunctuation, .finalPunctuation:
            kind = .quotationMark
            meant = "\""
        case .spaceSeparator, .lineSeparator, .paragraphSeparator:
            kind = .blank
            meant = "a blank"
        case .control:
            guard scalar.value >= 0x80 else { return nil }
            kind = scalar.value == 0x85 ? .blank : .nothing
            meant = nil
        case .format:
            kind = .nothing
            meant = nil
        case .dashPunctuation:
            kind = .hyphen
            meant = "-"
        default:
            if scalar.value == 0x2212 || scalar.value == 0x2043 {
                kind = .hyphen
                meant = "-"
            } else if (0xff01...0xff5e).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xfee0) {
                kind = .other
                meant = String(plain)
            } else if scalar.value == 0x2192 || scalar.value == 0x27f6 || scalar.value == 0x21d2 {
                kind = .other
                meant = "->"
            } else if scalar.value == 0x2026 {
                kind = .other
                meant = "..."
            } else if scalar.value == 0x3164 || scalar.value == 0x115f || scalar.value == 0x2800 {
                // Letters without a shape.
                kind = .blank
                meant = "a blank"
            } else {
                return nil
            }
        }
    }

    /// Marks that Unicode counts among other characters.
    private static let marks: Set<Unicode.Scalar> = [
        "'", "`", "\u{b4}", "\u{201a}", "\u{201e}", "\u{2032}", "\u{2033}", "\u{2034}", "\u{2035}", "\u{2036}",
        "\u{2037}", "\u{ff02}", "\u{ff07}", "\u{ff40}", "\u{300c}", "\u{300d}", "\u{300e}", "\u{300f}", "\u{301d}",
        "\u{301e}", "\u{301f}", "\u{ff62}", "\u{ff63}", "\u{275b}", "\u{275c}", "\u{275d}", "\u{275e}", "\u{275f}",
        "\u{2760}", "\u{276e}", "\u{276f}", "\u{2b9}", "\u{2ba}", "\u{2bb}", "\u{2bc}", "\u{2bd}", "\u{2ca}",
        "\u{2cb}", "\u{2dd}", "\u{2ee}", "\u{2f5}", "\u{2f6}", "\u{5f3}", "\u{5f4}", "\u{2e42}", "\u{1f676}",
        "\u{1f677}", "\u{1f678}",
    ]

    /// Bytes of Windows-1252 that are none of Latin-1, and others that stand for marks and blanks.
    private static let windows1252: [UInt8: Unicode.Scalar] = [
        0x82: "\u{201a}", 0x84: "\u{201e}", 0x85: "\u{2026}", 0x8b: "\u{2039}", 0x91: "\u{2018}", 0x92: "\u{2019}",
        0x93: "\u{201c}", 0x94: "\u{201d}", 0x96: "\u{2013}", 0x97: "\u{2014}", 0x9b: "\u{203a}", 0xa0: "\u{a0}",
        0xab: "\u{ab}", 0xad: "\u{ad}", 0xb4: "\u{b4}", 0xbb: "\u{bb}",
    ]
}

extension StrangeCharacter {
    /// Whether it may be an apostrophe, which stands within words.
    var isSingle: Bool {
        ["'", "`", "\u{b4}", "\u{2018}", "\u{2019}", "\u{201b}", "\u{2032}", "\u{2bc}", "\u{ff07}"].contains(scalar)
    }

    /// Whether it looks like a blank or like nothing.
    var isUnseen: Bool { kind == .blank || kind == .nothing }

    /// Whether it is of ASCII, where a shell knows it.
    var isPlain: Bool { scalar.isASCII }
}
