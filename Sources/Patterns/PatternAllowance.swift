/// The steps that searches in many short texts may take together: the lines of an answer, its records.
///
/// Each text by itself may take enough for any sensible pattern, which is too much for thousands of texts that a hostile
/// server has made for the pattern.
package struct PatternAllowance: Hashable, Sendable {
    private var left = 15_000_000

    /// Makes an allowance of which nothing is taken.
    package init() {}

    /// Takes steps; false where there are not so many.
    mutating func take(_ steps: Int) -> Bool {
        guard steps <= left else { return false }
        left -= steps
        return true
    }
}
