/// A line `NAME = VALUE`.
struct DirectiveLine: Sendable {
    let line: SourceLine
    let name: String
    let nameRange: Range<Int>
    /// The value without blanks at its ends and, in a block, without what follows the first `#` of the line.
    let range: Range<Int>
    /// Where the value ends for ldirectord: before a comment in a block, at the end of the line elsewhere.
    let rawEnd: Int
    /// Whether it belongs to a virtual server.
    let isInBlock: Bool

    /// Takes a line apart; nil if it has no name with a `=` behind it.
    init?(_ line: SourceLine, isInBlock: Bool) {
        let bytes = line.bytes
        let end = isInBlock ? bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex : bytes.endIndex
        guard let start = bytes[..<end].firstIndex(where: { !$0.isBlank }) else { return nil }
        let nameEnd = bytes[start..<end].firstIndex { !$0.isOfPort } ?? end
        guard nameEnd > start, let sign = bytes[nameEnd..<end].firstIndex(where: { !$0.isBlank }),
            bytes[sign] == UInt8(ascii: "=")
        else { return nil }
        self.line = line
        self.isInBlock = isInBlock
        nameRange = start..<nameEnd
        name = String(decoding: bytes[nameRange].prefix(Self.longestName), as: UTF8.self)
        range = bytes.trimmed(sign + 1..<end)
        rawEnd = end
    }

    /// The most bytes of a name that are looked at; no directive has so many.
    private static let longestName = 64

    /// The value, or where it should be.
    var place: Place { Place(line: line, range: range) }
    var namePlace: Place { Place(line: line, range: nameRange) }
    /// The bytes of the value.
    var value: ArraySlice<UInt8> { line.bytes[range] }

    /// Where a comment begins in a value that ldirectord knows no comments in: at a `#` with a blank before it, outside of
    /// quotation marks of both kinds that are closed.
    var comment: Int? {
        guard !isInBlock else { return nil }
        let bytes = line.bytes
        var previous = UInt8(ascii: " ")
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == UInt8(ascii: "#"), previous.isBlank { return index }
            let isMark = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            if isMark, let end = bytes.first(byte, in: index + 1..<range.upperBound) { index = end }
            previous = byte
            index += 1
        }
        return nil
    }

    /// The value without such a comment.
    var rangeWithoutComment: Range<Int> {
        guard let comment else { return range }
        return line.bytes.trimmed(range.lowerBound..<comment)
    }

    /// The error of ldirectord for a line that no directive matches.
    var unknownCommand: String { Self.unknownCommand(line, isInBlock: isInBlock) }

    static func unknownCommand(_ line: SourceLine, isInBlock: Bool) -> String {
        isInBlock ? "Unknown command \"\(line.text)\"" : "Unknown command \(line.text)"
    }
}
