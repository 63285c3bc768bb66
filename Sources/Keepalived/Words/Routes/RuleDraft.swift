import Addresses
import Links

/// A rule while its words are read.
struct RuleDraft {
    var words = RuleWords(RoutingRule(.ipv4, priority: 0, action: .lookup(254)))
    /// The family that the line names.
    var family: AddressFamily?
    var from: RouteTarget?
    var to: RouteTarget?

    /// The whole rule; nil where it cannot be one, which is told.
    mutating func rule(at place: Word, _ findings: inout Findings) -> RuleWords? {
        let families = [family, from?.family, to?.family].compactMap { $0 }
        let family = families.first ?? .ipv4
        guard families.allSatisfy({ $0 == family }) else {
            findings.error("addresses of both families in one rule", at: place)
            return nil
        }
        words.rule.family = family
        words.rule.from = from?.network
        words.rule.to = to?.network
        return words
    }
}
