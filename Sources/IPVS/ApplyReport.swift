/// What became of a changeset.
public struct ApplyReport: Hashable, Sendable {
    /// A change that did not take effect, or, with `IPVSError.unanswered`, of which nobody can tell.
    public struct Failure: Hashable, Sendable {
        /// Its place in the changeset.
        public let index: Int
        /// Why it failed: `IPVSError.refused` with the kernel's error number when the kernel said no.
        ///
        /// Any other case means that the request could not be sent, or that no answer came and nothing else told what
        /// became of it.
        public let error: IPVSError

        /// Makes a failure of the change at that place in the changeset, counted from 0.
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

    /// Makes a report in which every change took effect unless told otherwise.
    public init(count: Int, failures: [Failure] = [], wasVerified: Bool = false) {
        self.count = count
        self.failures = failures
        self.wasVerified = wasVerified
    }

    /// How many changes are in effect.
    public var appliedCount: Int { count - failures.count }
}
