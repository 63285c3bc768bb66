/// What was found when a thing was looked at.
package enum TrackedValue: Hashable, Codable, Sendable {
    /// An interface is up, a script passes, processes are in quorum, a virtual server is up.
    case well
    /// The opposite of `well`.
    case unwell
    /// The number of a file.
    case number(Int)
}
