/// The processor time that the searches of one check may take together: in the pieces of a body, the lines of an answer,
/// its records.
///
/// It grows with the text, and is far more than any sensible pattern needs. A hostile server can make a text that takes
/// time without end even with a harmless pattern.
package struct PatternAllowance: Hashable, Sendable {
    /// What is left, in nanoseconds.
    private(set) var left = 20_000_000

    private static let perByte = 100
    /// A look at a single byte takes longer than that.
    private static let perPiece = 2_000
    private static let most = 1 << 50

    /// Makes an allowance for no text yet.
    package init() {}

    /// Adds what so many further bytes of text are worth.
    mutating func grant(forBytes count: Int) {
        left = min(left + Self.perPiece + Self.perByte * min(count, Self.most / Self.perByte), Self.most)
    }

    /// Takes away what a search took.
    mutating func charge(_ nanoseconds: Int) {
        left = max(0, left - nanoseconds)
    }
}
