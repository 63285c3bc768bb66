import Addresses

extension RoutingRule {
    /// The rule in the words in which the kernel tells it: two rules are the same when these are equal.
    package var asFound: RoutingRule {
        var rule = self
        rule.from = from?.masked
        rule.to = to?.masked
        if usesInterfaceTable { rule.action = .lookup(0) }
        if let mark, mark.mask == 0, mark.value == 0 { rule.mark = nil }
        if realms == 0 { rule.realms = nil }
        if transport == 0 { rule.transport = nil }
        return rule
    }
}
