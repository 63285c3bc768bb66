/// What a director does when somebody else changed a service that it keeps.
package enum Reconciliation: String, CaseIterable, Hashable, Sendable {
    /// Puts the table right again.
    case repair
    /// Says so in the log, and leaves it.
    case warn
    /// Leaves it and says nothing.
    case off
}
