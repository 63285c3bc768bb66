/// What became of a changeset.
public struct ApplyReport: Hashable, Sendable {
    /// A change that did not take effect, or, with `IPVSError.unanswered`, of which nobody can tell.
    public struct Failure: Hashable, Sendable {
        /// Its place in the changeset.
        public let index: Int
        public let error: IPVSError

        public init(index: Int, error: IPVSError) {
            self.index = index
            self.error = error
        }
    }

    /// How many changes were asked for.
    public let count: Int
    /// Those that failed, in the order of the changeset; all others are in effect.
    public let failures: [Failure]
    /// Whether answers of the kernel were lost, so that some results were found out by reading the table again.
    public let wasVerified: Bool

    public init(count: Int, failures: [Failure] = [], wasVerified: Bool = false) {
        self.count = count
        self.failures = failures
        self.wasVerified = wasVerified
    }

    /// How many changes are in effect.
    public var appliedCount: Int { count - failures.count }
}
