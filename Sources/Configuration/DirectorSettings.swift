/// The settings that a director decides by for all its services.
package struct DirectorSettings: Hashable, Sendable {
    /// Whether a server that fails while it is not in the table is added with weight 0.
    package var addsQuiescent = false

    /// Makes settings as they are when a file says nothing.
    package init() {}
}
