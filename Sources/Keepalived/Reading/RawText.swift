/// A part of a line, as it is written.
package struct RawText: Sendable {
    let line: SourceLine
    let range: Range<Int>

    /// The bytes, quotes and backslashes among them, without blanks at the ends.
    package var bytes: ArraySlice<UInt8> { line.bytes[range] }

    /// Where it begins.
    package var place: Place { line.place(at: range.lowerBound) }

    /// Its words as scripts and patterns have them.
    package var scriptWords: ScriptWords { ScriptWords(self) }
}
