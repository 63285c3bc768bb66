import Links

/// A route as a line says it, with names that are numbers once the files of iproute2 are known.
struct RouteWords: Hashable, Sendable {
    /// The route as far as it is known without them.
    var route: Route
    /// The words that stand for numbers of the route.
    var names: [Name] = []
    /// Whether it is put back: not `no_track`.
    var isTracked = true
    /// The name behind `track_group`.
    var trackGroup: Word?

    /// A name with what it is the number of.
    struct Name: Hashable, Sendable {
        let part: Part
        let number: NamedNumber
    }

    /// What a number belongs to.
    enum Part: Hashable, Sendable {
        case table, maker, scope, service, sourceRealm, realm
    }

    init(_ route: Route) {
        self.route = route
    }
}
