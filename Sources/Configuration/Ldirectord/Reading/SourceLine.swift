/// A line of a file, without what ends it.
struct SourceLine: Sendable {
    /// The first is 1.
    let number: Int
    let bytes: ArraySlice<UInt8>

    /// What is not blank at either end, or the whole line where all is.
    var place: Place {
        let text = bytes.trimmed(bytes.indices)
        return Place(line: self, range: text.isEmpty ? bytes.indices : text)
    }

    /// The text of the line; bytes that are no UTF-8 are replaced.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// A part of a line.
struct Place: Sendable {
    let line: SourceLine
    /// Indices of the line's bytes.
    let range: Range<Int>

    /// The bytes there.
    var bytes: ArraySlice<UInt8> { line.bytes[range] }
    /// The text there; bytes that are no UTF-8 are replaced.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension UInt8 {
    /// Whether this is a blank for the language: a space, a tab, or another character of that kind.
    var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isLowercaseLetter: Bool { (0x61...0x7a).contains(self) }
    var isLetterOrDigit: Bool { isDigit || isLowercaseLetter || (0x41...0x5a).contains(self) }
    /// Whether this may stand in a service's name or be a digit of a port.
    var isOfPort: Bool { isLetterOrDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
    /// Whether this may stand in a host's name or an address without brackets.
    var isOfHost: Bool { isOfPort || self == UInt8(ascii: ".") || self == UInt8(ascii: "+") }
}

extension ArraySlice<UInt8> {
    /// A range without the blanks at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, self[first].isBlank { range = range.dropFirst() }
        while let last = range.last, self[last].isBlank { range = range.dropLast() }
        return range
    }

    /// The first place of a byte in a range.
    func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
        self[range].firstIndex(of: byte)
    }

    /// The last place of a byte in a range.
    func last(_ byte: UInt8, in range: Range<Int>) -> Int? {
        self[range].lastIndex(of: byte)
    }
}
