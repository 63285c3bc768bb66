/// What a director does when somebody else changed a service that it keeps.
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
