/// What became of steps.
package struct LinkReport: Hashable, Sendable {
    /// A step that failed.
    package struct Failure: Hashable, Sendable {
        /// Its place among the steps, counted from 0.
        package var index: Int
        /// Why.
        package var error: LinksError

        /// Makes a failure.
        package init(index: Int, error: LinksError) {
            self.index = index
            self.error = error
        }
    }

    /// The steps in their order.
    package var steps: [LinkStep]
    /// Those that failed, in their order; all others are done.
    package var failures: [Failure]

    /// Makes a report in which all steps are done unless told otherwise.
    package init(_ steps: [LinkStep], failures: [Failure] = []) {
        self.steps = steps
        self.failures = failures
    }
}
