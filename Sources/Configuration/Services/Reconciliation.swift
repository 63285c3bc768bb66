/// The response of a director to a change that somebody else made to one of its services.
package enum Reconciliation: String, CaseIterable, Hashable, Sendable {
    /// Puts the table right again.
    case repair
    /// Puts back what is missing altogether and shall serve; says in the log what else was changed, and leaves it.
    case restore
    /// Says so in the log, and leaves it.
    case warn
    /// Leaves it and says nothing.
    case off
}
