/// A line of a file, without what ends it.
struct SourceLine: Sendable {
    /// The first is 1.
    let number: Int
    let bytes: ArraySlice<UInt8>
    /// Where a password or the like stands, which is quoted nowhere.
    let secret: Range<Int>?

    init(number: Int, bytes: ArraySlice<UInt8>) {
        self.number = number
        self.bytes = bytes
        secret = SecretPlace.range(in: bytes)
    }

    /// The line without blanks at its ends, or the whole line where it is all blanks.
    var place: Place {
        let text = bytes.trimmed(bytes.indices)
        return Place(line: self, range: text.isEmpty ? bytes.indices : text)
    }

    /// The text of the line as it may be quoted: a bounded part, without what is secret.
    var text: String { Place(line: self, range: bytes.indices).text }
}

/// A part of a line.
struct Place: Sendable {
    let line: SourceLine
    /// Indices of the line's bytes.
    let range: Range<Int>

    /// The bytes there.
    var bytes: ArraySlice<UInt8> { line.bytes[range] }
    /// The text there, which is bounded; bytes that are no UTF-8 are replaced, and so is what is secret.
    var text: String {
        let shown = shown
        return String(decoding: shown.bytes[shown.range].prefix(Self.longestText), as: UTF8.self)
    }

    /// More than the longest word that has a meaning, and than a message has room for.
    private static let longestText = 1024

    /// The line and the place in it as they may be shown: `…` stands for what is secret.
    var shown: (bytes: ArraySlice<UInt8>, range: Range<Int>) {
        guard let secret = line.secret else { return (line.bytes, range) }
        let instead = Array("…".utf8)
        let bytes = line.bytes[..<secret.lowerBound] + instead + line.bytes[secret.upperBound...]
        // A slice that was put together begins at 0.
        let start = line.bytes.startIndex
        let hidden = secret.lowerBound - start..<secret.lowerBound - start + instead.count
        let moved = { (index: Int) in
            if index <= secret.lowerBound { return index - start }
            if index >= secret.upperBound { return index - secret.upperBound + hidden.upperBound }
            return hidden.lowerBound
        }
        let lower = moved(range.lowerBound)
        let isWithin = secret.contains(range.upperBound) && range.upperBound > secret.lowerBound
        let upper = isWithin ? hidden.upperBound : moved(range.upperBound)
        return (ArraySlice(Array(bytes)), lower..<max(lower, upper))
    }
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
