import Links

/// A routing rule as a line says it, with names that are numbers once the files of iproute2 are known.
struct RuleWords: Hashable, Sendable {
    /// The rule as far as it is known without them; its priority counts where one is said.
    var rule: RoutingRule
    /// Whether the line says the priority.
    var hasPriority = false
    /// The words that stand for numbers of the rule.
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
        case table, maker, service, sourceRealm, realm, group
    }

    init(_ rule: RoutingRule) {
        self.rule = rule
    }
}
