/// A part of a route or a rule that is a number, for which a word may stand.
struct NumberedPart: Hashable, Sendable {
    /// What the number is of.
    enum Kind: Hashable, Sendable {
        case table, maker, scope, service, sourceRealm, realm, group
    }

    let kind: Kind
    let number: NamedNumber
}
