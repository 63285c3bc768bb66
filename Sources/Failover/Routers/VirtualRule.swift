package import Links

/// A routing rule that belongs to whoever is master.
package struct VirtualRule: Hashable, Codable, Sendable {
    /// The rule.
    package var rule: RoutingRule
    /// Whether it is put back when somebody takes it away (not `no_track`).
    package var isTracked = true

    /// Makes a rule that is tracked.
    package init(_ rule: RoutingRule) {
        self.rule = rule
    }
}
