/// What an operator wants of virtual routers, until it is released or the process ends.
package struct NodeOrder: Hashable, Codable, Sendable {
    /// What is wanted.
    package enum Deed: String, Hashable, Codable, Sendable, CaseIterable {
        /// Give mastership away as at a stop, and do not take it back from whoever has it.
        case yield
        /// Become master, by the highest priority that is no owner's.
        case take
        /// Never become master; a master stays one until another takes over.
        case hold
        /// End what was ordered before.
        case release
    }

    /// What is wanted.
    package var deed: Deed
    /// The name of a virtual router or group; nil for all virtual routers.
    package var name: String?

    /// Makes an order.
    package init(_ deed: Deed, of name: String? = nil) {
        self.deed = deed
        self.name = name
    }
}
