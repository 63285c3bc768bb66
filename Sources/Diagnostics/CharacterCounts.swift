/// Counts the characters of a text before any of its bytes, without reading all that is before it each time.
///
/// A text may be one line of many megabytes in which hundreds of places are told of, in any order.
package struct CharacterCounts: Sendable {
    /// The characters that begin before each of the bytes 0, `step`, 2 `step`, and so on.
    private let counts: [Int]
    /// The bytes from one count to the next.
    private static let step = 4096

    /// Counts the characters of a text.
    package init(of bytes: [UInt8]) {
        var counts = [0]
        var count = 0
        var start = 0
        while start + Self.step <= bytes.count {
            count += LineExcerpt.characterCount(bytes[start..<start + Self.step])
            counts.append(count)
            start += Self.step
        }
        self.counts = counts
    }

    /// How many characters begin before an offset in the bytes that were counted.
    package func characters(before offset: Int, in bytes: [UInt8]) -> Int {
        let offset = min(max(0, offset), bytes.count)
        let place = min(offset / Self.step, counts.count - 1)
        return counts[place] + LineExcerpt.characterCount(bytes[place * Self.step..<offset])
    }
}
