package import Dialogues

/// Something that one of a real server's checks says anew, and what it makes of the server.
package struct CheckEvent: Hashable, Sendable {
    /// What it says.
    package enum Outcome: Hashable, Sendable {
        /// It has passed from now on.
        case passed
        /// It is failed from now on, after so many failures in a row.
        case failed(failures: Int)
        /// It failed, but not as often in a row as makes it failed; told where each failure is to be told.
        case failing
    }

    /// What it says.
    package let outcome: Outcome
    /// The result that says so.
    package let result: CheckResult
    /// Whether nothing was known by it before.
    package let isFirst: Bool
    /// Whether the server is up with it.
    package let isServerUp: Bool
    /// Whether that is something else than before.
    package let turnsServer: Bool

    /// Makes an event.
    package init(
        _ outcome: Outcome,
        _ result: CheckResult,
        isFirst: Bool = false,
        isServerUp: Bool,
        turnsServer: Bool
    ) {
        self.outcome = outcome
        self.result = result
        self.isFirst = isFirst
        self.isServerUp = isServerUp
        self.turnsServer = turnsServer
    }
}
