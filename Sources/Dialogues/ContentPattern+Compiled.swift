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

/// More patterns than any configuration has; those of former configurations go when there are so many.
private let compiledPatternsAtMost = 4096
