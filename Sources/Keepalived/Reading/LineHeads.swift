/// The beginning of a line that defines a variable: `$NAME=`.
struct DefinitionHead {
    let name: String
    /// How many bytes `$` and the name are.
    let length: Int
    /// The range of the value in the line.
    let value: Range<Int>

    /// Looks at the beginning of a line; nil where it is no definition.
    init?(_ line: SourceLine) {
        let bytes = line.bytes
        let start = bytes.startIndex + 1
        guard bytes.first == UInt8(ascii: "$"), start < bytes.endIndex, bytes[start].beginsName,
            let end = bytes[start...].firstIndex(where: { !$0.isOfName }), bytes[end] == UInt8(ascii: "=")
        else { return nil }
        name = String(decoding: bytes[start..<end], as: UTF8.self)
        length = end - bytes.startIndex
        value = end + 1..<bytes.endIndex
    }
}

/// The beginning of a line that is read for each of several values: `~SEQ(`, `~SEQx(`, `~LST(`.
struct GeneratorHead {
    /// `~SEQ`, `~SEQx` or `~LST`.
    let word: String
    /// The range of what stands in the brackets; nil where they are not closed, or not there.
    let arguments: Range<Int>?

    var isList: Bool { word == "~LST" }
    var isHexadecimal: Bool { word == "~SEQx" }

    /// Looks at the beginning of a line; nil where it is none.
    init?(_ line: SourceLine) {
        let bytes = line.bytes
        guard bytes.first == UInt8(ascii: "~") else { return nil }
        let end = bytes.dropFirst().firstIndex { !$0.isOfName } ?? bytes.endIndex
        word = String(decoding: bytes[..<end].prefix(6), as: UTF8.self)
        guard ["~SEQ", "~SEQx", "~LST"].contains(word) else { return nil }
        guard let open = bytes[end...].firstIndex(where: { !$0.isBlank }), bytes[open] == UInt8(ascii: "("),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: ")"))
        else {
            arguments = nil
            return
        }
        arguments = open + 1..<close
    }
}
