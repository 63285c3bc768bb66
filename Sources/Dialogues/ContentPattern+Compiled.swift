package import Configuration
package import Patterns
import Synchronization

extension ContentPattern {
    /// The pattern, compiled at its first use and kept for the checks that follow.
    ///
    /// - Throws: `PatternError` where the source is no expression.
    package func compiled() throws(PatternError) -> Pattern {
        if let pattern = compiledPatterns.withLock({ $0[source] }) { return pattern }
        let pattern = try Pattern(source)
        compiledPatterns.withLock { known in
            if known.count >= compiledPatternsAtMost { known.removeAll() }
            known[source] = pattern
        }
        return pattern
    }
}

private let compiledPatterns = Mutex<[String: Pattern]>([:])

/// The number of patterns at which the cache is emptied: far more than a configuration has.
private let compiledPatternsAtMost = 4096
