import Links

/// A routing rule as a line says it, with names that are numbers once the files of iproute2 are known.
struct RuleWords: Hashable, Sendable {
    /// The rule as far as it is known without them; its priority counts where one is said.
    var rule: RoutingRule
    /// Whether the line says the priority.
    var hasPriority = false
    /// Its numbers, where words may stand for them.
    var parts: [NumberedPart] = []
    /// Whether it is put back: not `no_track`.
    var isTracked = true
    /// The name behind `track_group`.
    var trackGroup: Word?

    init(_ rule: RoutingRule) {
        self.rule = rule
    }
}
