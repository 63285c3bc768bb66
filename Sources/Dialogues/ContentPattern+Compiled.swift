package import Configuration
package import Patterns
import Synchronization

extension ContentPattern {
    /// The pattern, compiled at its first use and kept for the checks that follow.
    ///
    /// - Throws: `PatternError` where the source is no expression.
    package func compiled() throws(PatternError) -> Pattern {
        let expression = Expression(source: source, syntax: syntax, isLimited: maxOffset != nil)
        if let pattern = compiledPatterns.withLock({ $0[expression] }) { return pattern }
        let pattern =
            switch syntax {
            case .perl: try Pattern(source)
            case .pcre2(let options):
                try Pattern(source, PatternOptions(names: options.names), limitsOffset: expression.isLimited)
            }
        compiledPatterns.withLock { known in
            if known.count >= compiledPatternsAtMost { known.removeAll() }
            known[expression] = pattern
        }
        return pattern
    }

    /// A search for the pattern in a text that arrives in pieces.
    ///
    /// - Parameter limit: the bytes that are looked at.
    /// - Throws: `PatternError` where the source is no expression.
    func search(limit: Int) throws(PatternError) -> PatternSearch {
        PatternSearch(try compiled(), limit: limit, from: minOffset, to: maxOffset.map { $0 < .max ? $0 + 1 : .max })
    }
}

/// What decides how a pattern is compiled.
private struct Expression: Hashable {
    let source: String
    let syntax: ContentPattern.Syntax
    let isLimited: Bool
}

private let compiledPatterns = Mutex<[Expression: Pattern]>([:])

/// The number of patterns at which the cache is emptied: far more than a configuration has.
private let compiledPatternsAtMost = 4096
