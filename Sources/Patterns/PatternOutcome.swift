/// What a search for a pattern came to.
package enum PatternOutcome: Hashable, Sendable {
    /// The pattern matches somewhere.
    case found
    /// It matches nowhere.
    case notFound
    /// Neither could be found out with the steps and the memory that a search may take.
    case limit
}
