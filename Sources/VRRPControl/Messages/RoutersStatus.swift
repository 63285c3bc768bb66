package import Time
package import VRRP

/// How the process of the virtual routers stands.
package struct RoutersStatus: Hashable, Codable, Sendable {
    /// How its routers stand.
    package var node: NodeStatus
    /// The number of the configuration in force, as the process counts them; 0 for none.
    package var generation: UInt64
    /// The moment at which the process began.
    package var began: MonotonicTime
    /// The moment of this status.
    package var moment: MonotonicTime
    /// How late the loop was at worst in what it had planned.
    package var worstLateness: Duration
    /// Whether a router waits for the connections of a master, so that the connection table is to be measured.
    package var awaitsSynchronisation = false
    /// Virtual routers that have no sockets, and why, by their names.
    package var deaf: [String: String] = [:]

    /// Makes a status.
    package init(
        node: NodeStatus,
        generation: UInt64,
        began: MonotonicTime,
        moment: MonotonicTime,
        worstLateness: Duration
    ) {
        self.node = node
        self.generation = generation
        self.began = began
        self.moment = moment
        self.worstLateness = worstLateness
    }
}
