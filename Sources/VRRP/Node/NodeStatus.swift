/// How all virtual routers of a machine stand.
package struct NodeStatus: Hashable, Codable, Sendable {
    /// How a group stands.
    package struct Group: Hashable, Codable, Sendable {
        /// Its name.
        package var name: String
        /// The state of its members, outside of the moment in which it changes.
        package var state: RouterState

        /// Names the state of a group.
        package init(_ name: String, state: RouterState) {
            self.name = name
            self.state = state
        }
    }

    /// The virtual routers in the order of the configuration.
    package var routers: [RouterStatus] = []
    /// The groups in the order of the configuration.
    package var groups: [Group] = []
    /// Whether what scripts, files and servers told last is held, because the process that looks at them is gone.
    package var holdsTrackers = false

    /// Makes the status of no router.
    package init() {}
}
