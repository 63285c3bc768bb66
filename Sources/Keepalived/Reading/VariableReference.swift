/// A place in a line where a variable is to be replaced.
struct VariableReference {
    /// The bytes that it takes, `$` included.
    let range: Range<Int>
    let name: String
    /// The words behind the name: `${_RANDOM 1 6}`.
    var parameters: [Substring] = []
    let isBraced: Bool

    /// The reference that begins with the `$` at an index; nil where that is an ordinary character.
    ///
    /// Without braces a name ends before a blank, a comma, a closing bracket or the end of the line; `$NAME` before any
    /// other character stays as it is.
    init?(at index: Int, in bytes: ArraySlice<UInt8>) {
        var start = index + 1
        guard start < bytes.endIndex else { return nil }
        isBraced = bytes[start] == UInt8(ascii: "{")
        if isBraced { start += 1 }
        guard start < bytes.endIndex, bytes[start].beginsName else { return nil }
        let end = bytes[start...].firstIndex { !$0.isOfName } ?? bytes.endIndex
        name = String(decoding: bytes[start..<end], as: UTF8.self)
        guard isBraced else {
            guard end == bytes.endIndex || bytes[end].endsReference else { return nil }
            range = index..<end
            return
        }
        let rest = bytes[end...].prefix(Self.longestParameters)
        guard let close = rest.firstIndex(of: UInt8(ascii: "}")), close == end || bytes[end].isBlank else { return nil }
        parameters = String(decoding: bytes[end..<close], as: UTF8.self).split { $0.isWhitespace }
        range = index..<close + 1
    }

    /// The most bytes of parameters: more than any number or name of the environment has.
    private static let longestParameters = 1024
}

extension UInt8 {
    fileprivate var endsReference: Bool { isBlank || self == UInt8(ascii: ",") || self == UInt8(ascii: ")") }
}
