/// What holds for all services of a director, and what it decides by.
package struct DirectorSettings: Hashable, Sendable {
    /// Whether a server that fails while it is not in the table is added with weight 0.
    package var addsQuiescent = false

    /// Makes settings as they are when a file says nothing.
    package init() {}
}
