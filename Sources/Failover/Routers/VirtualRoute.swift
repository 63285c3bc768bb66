package import Links

/// A route that belongs to whoever is master.
package struct VirtualRoute: Hashable, Codable, Sendable {
    /// The route.
    package var route: Route
    /// Whether it is put back when somebody takes it away, and its interface counts (not `no_track`).
    package var isTracked = true

    /// Makes a route that is tracked.
    package init(_ route: Route) {
        self.route = route
    }
}
