/// Where something stands in the files that were read.
///
/// It is small, because each word has one: names and texts are in the `SourceFiles` that it is an index into.
package struct Place: Hashable, Sendable {
    /// The file, by its index in `SourceFiles`.
    let file: Int32
    /// The number of the line; the first is 1.
    package let line: Int32
    /// The byte of the line; the first is 1.
    package let column: Int32
    /// What brought the text here, by its index in `SourceFiles`; `none` for what stands in the main file itself.
    let expansion: Int32

    /// The expansion of what nothing has brought.
    static let none: Int32 = -1

    init(file: Int32, line: Int32, column: Int32 = 1, expansion: Int32 = Place.none) {
        self.file = file
        self.line = line
        self.column = column
        self.expansion = expansion
    }

    /// The place so many bytes further on in the same line.
    func advanced(by count: Int) -> Place {
        Place(file: file, line: line, column: Int32(clamping: Int(column) + count), expansion: expansion)
    }

    /// The same place in a text that was brought somewhere.
    func broughtBy(_ expansion: Int32) -> Place {
        Place(file: file, line: line, column: column, expansion: expansion)
    }

    /// Whether both stand in one line, and came there in one way.
    func isInLine(of other: Place) -> Bool {
        file == other.file && line == other.line && expansion == other.expansion
    }
}
