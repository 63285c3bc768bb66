import Links

/// A route as a line says it, with names that are numbers once the files of iproute2 are known.
struct RouteWords: Hashable, Sendable {
    /// The route as far as it is known without them.
    var route: Route
    /// Its numbers, where words may stand for them.
    var parts: [NumberedPart] = []
    /// Whether it is put back: not `no_track`.
    var isTracked = true
    /// The name behind `track_group`.
    var trackGroup: Word?

    init(_ route: Route) {
        self.route = route
    }
}
