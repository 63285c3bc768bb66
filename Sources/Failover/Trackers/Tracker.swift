/// One thing that is looked at, and what it means to the priority.
package struct Tracker: Hashable, Codable, Sendable {
    /// The name of the interface, script, file, set of processes or virtual server.
    package var name: String
    /// What is added to the priority while it is well or, when negative, taken off while it is not, -253...253.
    ///
    /// With 0 it is a fault when it is not well. The number of a file is multiplied with the weight.
    package var weight: Int
    /// Whether well and not well change places (`reverse`).
    package var isReversed: Bool

    /// Makes a tracker whose failure is a fault, unless it has a weight.
    package init(_ name: String, weight: Int = 0, isReversed: Bool = false) {
        self.name = name
        self.weight = weight
        self.isReversed = isReversed
    }
}
