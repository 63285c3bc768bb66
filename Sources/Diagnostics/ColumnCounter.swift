/// Counts the characters before places of a line, the bytes between two places once.
///
/// A line may be as long as a file and have hundreds of findings: counted from its beginning each time, they would
/// cost their number times its length.
package struct ColumnCounter: Sendable {
    private var line: Int?
    private var offset = 0
    private var characters = 0

    /// Begins at no line.
    package init() {}

    /// The column of an offset in the bytes of a line; the first is 1.
    package mutating func column(of place: Int, in bytes: ArraySlice<UInt8>, line: Int) -> Int {
        if self.line != line {
            self.line = line
            offset = bytes.startIndex
            characters = 0
        }
        if place >= offset {
            characters += LineExcerpt.characterCount(bytes[offset..<place])
        } else {
            characters -= LineExcerpt.characterCount(bytes[place..<offset])
        }
        offset = place
        return characters + 1
    }
}
