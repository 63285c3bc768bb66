/// A file whose first line is a number that weighs on servers.
package struct TrackedFile: Hashable, Sendable {
    /// What is written into the file before it is looked at for the first time.
    package struct Beginning: Hashable, Sendable {
        /// The number that it holds then.
        package var value: Int32
        /// Whether a file that is there already is written over.
        package var overwrites: Bool

        /// Makes a beginning, which leaves a file that is there unless told otherwise.
        package init(value: Int32 = 0, overwrites: Bool = false) {
            self.value = value
            self.overwrites = overwrites
        }
    }

    /// The path.
    package var path: String
    /// What is written into it at the start; nil for nothing.
    package var beginning: Beginning?

    /// Makes a file that is only read.
    package init(_ path: String, beginning: Beginning? = nil) {
        self.path = path
        self.beginning = beginning
    }
}
